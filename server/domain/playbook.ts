import type { Playbook, PlaybookSlot, PlaybookStep, SlotValue } from '../contract/playbook.ts';
import type { Why } from '../contract/why.ts';
import { conditionHolds } from './playbook-condition.ts';
import { hasKeyword } from './keywords.ts';

/** What a conversation follows: a playbook as it was when it began. */
export type Plan = Pick<Playbook, 'name' | 'goal' | 'steps' | 'slots' | 'exits' | 'onGoal' | 'routeIds'>;

/** Where it stands. */
export interface Standing {
  /** From 0; as many as there are steps once all are done. */
  step: number;
  /** What is known by name; null: asked for in vain and passed over. */
  slots: Record<string, SlotValue>;
  /** How often it was asked, by a slot's name or a step's number from 0. */
  asked: Record<string, number>;
}

/** How it ends. */
export type Over =
  | { as: 'goal' }
  | { as: 'exit'; exit: number }
  /** A required slot was asked for as often as it may be. */
  | { as: 'unanswered'; slot: string };

/** What the step needs next. */
export type Next = { kind: 'slot'; slot: PlaybookSlot } | { kind: 'skill'; skill: string } | { kind: 'words'; text: string };

export const BEGINNING: Standing = { step: 0, slots: {}, asked: {} };

/** What is wrong with a playbook beyond the form of its fields. */
export function flawOf({ steps, slots, exits }: Plan): { path: string; message: string } | null {
  const names = slots.map(({ name }) => name);
  const doubled = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (doubled >= 0) return { path: `slots.${doubled}.name`, message: 'there is another one of this name' };
  const bare = slots.findIndex(({ type, choices }) => type === 'choice' && choices.length === 0);
  if (bare >= 0) return { path: `slots.${bare}.choices`, message: 'must name at least one choice' };
  for (const [at, step] of steps.entries()) {
    const unknown = step.slots.findIndex((name) => !names.includes(name));
    if (unknown >= 0) return { path: `steps.${at}.slots.${unknown}`, message: 'is no slot of this playbook' };
  }
  const empty = exits.findIndex(({ condition, keywords }) => condition.trim() === '' && keywords.length === 0);
  return empty >= 0 ? { path: `exits.${empty}.condition`, message: 'must say when it ends, in words or by keywords' } : null;
}

/** Its steps; slots without any step are found out in one. */
export const stepsOf = ({ steps, slots, goal }: Plan): readonly PlaybookStep[] =>
  steps.length > 0 || slots.length === 0 ? steps : [{ text: goal, skill: null, condition: '', slots: [] }];

/** The slots of a step; those that no step names belong to the last. */
export function slotsOf(plan: Plan, step: number): PlaybookSlot[] {
  const steps = stepsOf(plan);
  const named = new Set(steps.flatMap(({ slots }) => slots));
  const own = steps[step]?.slots ?? [];
  return plan.slots.filter(({ name }) => own.includes(name) || (step === steps.length - 1 && !named.has(name)));
}

/** Whether messages begin a playbook by its rules. One that has nothing to do is never begun. */
export function begins(playbook: Pick<Playbook, 'begins' | 'steps' | 'slots'>, texts: readonly string[], intent: string | null): boolean {
  const { intents, keywords } = playbook.begins;
  if (playbook.steps.length + playbook.slots.length === 0) return false;
  return (intent !== null && intents.includes(intent)) || keywords.some((keyword) => texts.some((text) => hasKeyword(text, keyword)));
}

const missing = (plan: Plan, { step, slots }: Standing): PlaybookSlot | undefined => slotsOf(plan, step).find(({ name }) => slots[name] === undefined);

/** What is to be done now; null where every step is done. */
export function nextOf(plan: Plan, standing: Standing): Next | null {
  const step = stepsOf(plan)[standing.step];
  if (!step) return null;
  const slot = missing(plan, standing);
  if (slot) return { kind: 'slot', slot };
  return step.skill ? { kind: 'skill', skill: step.skill } : { kind: 'words', text: step.text };
}

export interface Moves {
  /** Skills that ran well. */
  ran: ReadonlySet<string>;
  /** Number of a step, from 1, that the agent says is done. */
  done: number | null;
  /** What the customer wrote, for exits by keyword. */
  texts: readonly string[];
}

/** Goes as far as what is known allows. A step with a skill or with slots is done once they are; one in words alone when the agent says so. */
export function advance(plan: Plan, standing: Standing, { ran, done, texts }: Moves): { standing: Standing; over: Over | null } {
  const at = { ...standing };
  const over = (): Over | null => {
    const exit = plan.exits.findIndex(
      ({ condition, keywords }) =>
        keywords.some((keyword) => texts.some((text) => hasKeyword(text, keyword))) || (condition !== '' && conditionHolds(condition, at.slots) === true),
    );
    return exit >= 0 ? { as: 'exit', exit } : null;
  };
  const left = over();
  if (left) return { standing: at, over: left };
  const steps = stepsOf(plan);
  while (at.step < steps.length && isDone(plan, at, ran, done)) at.step += 1;
  return { standing: at, over: at.step >= steps.length ? { as: 'goal' } : null };
}

function isDone(plan: Plan, standing: Standing, ran: ReadonlySet<string>, done: number | null): boolean {
  const step = stepsOf(plan)[standing.step]!;
  const said = done !== null && done > standing.step;
  const holds = step.condition === '' ? true : conditionHolds(step.condition, standing.slots);
  if (holds === false) return true;
  // A condition in words that the agent found not to hold.
  if (holds === undefined && said) return true;
  if (missing(plan, standing)) return false;
  if (step.skill) return ran.has(step.skill);
  return slotsOf(plan, standing.step).length > 0 || said;
}

/** Asked as often as it may be and still not known: passed over where it may be missing, else people go on. */
export function giveUp(plan: Plan, standing: Standing): { standing: Standing; over: Over | null } {
  const slot = missing(plan, standing);
  if (!slot || (standing.asked[slot.name] ?? 0) < slot.asks) return { standing, over: null };
  if (slot.required) return { standing, over: { as: 'unanswered', slot: slot.name } };
  return { standing: { ...standing, slots: { ...standing.slots, [slot.name]: null } }, over: null };
}

/** An answer went out that asked for what is next. */
export function asked(plan: Plan, standing: Standing): Standing {
  const next = nextOf(plan, standing);
  if (!next || next.kind === 'skill') return standing;
  const key = next.kind === 'slot' ? next.slot.name : String(standing.step);
  return { ...standing, asked: { ...standing.asked, [key]: (standing.asked[key] ?? 0) + 1 } };
}

/** Whether people get the conversation, or it is closed: the agent has nothing more to say then. */
export const endsTurn = (plan: Plan, over: Over): boolean =>
  over.as === 'unanswered' || (over.as === 'exit' ? plan.exits[over.exit]?.does !== 'end' : plan.onGoal !== 'go_on');

/** The same as a word that readers have in their language. */
export function whyCode(plan: Plan, over: Over): Why {
  switch (over.as) {
    case 'goal':
      return { code: 'goal_reached', value: plan.name };
    case 'unanswered':
      return { code: 'slot_unanswered', value: over.slot };
    case 'exit': {
      const { condition = '', keywords = [] } = plan.exits[over.exit] ?? {};
      return { code: 'exit_taken', value: (condition || keywords.join(', ')).slice(0, 500) };
    }
  }
}

/** Why it ended, in words for the thread. */
export function whyOver(plan: Plan, over: Over): string {
  switch (over.as) {
    case 'goal':
      return `reached the goal of “${plan.name}”`;
    case 'unanswered':
      return `did not say “${over.slot}” when asked`;
    case 'exit': {
      const { condition = '', keywords = [] } = plan.exits[over.exit] ?? {};
      return `left “${plan.name}”: ${condition || keywords.join(', ')}`.slice(0, 500);
    }
  }
}
