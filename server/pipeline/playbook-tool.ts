import { z } from 'zod';
import type { PlaybookSlot, SlotValue } from '../contract/playbook.ts';
import type { Next, Plan, Standing } from '../domain/playbook.ts';
import { nextOf, slotsOf, stepsOf } from '../domain/playbook.ts';
import type { PlaybookData } from './prompt.ts';

/** The tool by which a model says what it found out and how far it came. */
export const FOLLOW = 'follow_playbook';
/** The tool by which a model begins a playbook that no rule begins. */
export const BEGIN = 'begin_playbook';
/** They are no skills: the thread does not show them. */
export const isPlaybookTool = (name: string): boolean => name === FOLLOW || name === BEGIN;

export const followArgs = z.object({
  slots: z.record(z.string(), z.unknown()).optional().describe('What the customer told, by the names of the slots; dates as YYYY-MM-DD'),
  done: z.number().int().min(1).nullish().describe('Number of the step that is done, of those that are words alone'),
  exit: z.number().int().min(1).nullish().describe('Number of the exit that applies'),
});

const asText = z.union([z.string(), z.number()]).transform(String);
const types: Record<PlaybookSlot['type'], z.ZodType<SlotValue>> = {
  text: asText.pipe(z.string().trim().min(1).max(500)),
  number: z.union(
    [
      z.number(),
      z
        .string()
        .trim()
        .regex(/^-?\d+([.,]\d+)?$/, 'must be a number')
        .transform((text) => Number(text.replace(',', '.'))),
    ],
    'must be a number',
  ),
  date: z.iso.date('must be a date such as 2026-06-12'),
  choice: asText,
  email: z.string().trim().pipe(z.email('must be an email address').max(320)),
  phone: asText.transform((text) => text.replace(/[^\d+]/g, '')).pipe(z.string().regex(/^\+?\d{7,15}$/, 'must be a phone number')),
};

/** Takes values for slots, each checked by its slot's type. */
export function fill(
  plan: Plan,
  standing: Standing,
  given: Readonly<Record<string, unknown>>,
): { standing: Standing; problems: { slot: string; problem: string }[] } {
  const slots = { ...standing.slots };
  const problems: { slot: string; problem: string }[] = [];
  for (const [name, value] of Object.entries(given)) {
    const slot = plan.slots.find((one) => one.name === name);
    const refuse = (problem: string): void => void problems.push({ slot: name.slice(0, 64), problem });
    if (!slot) refuse('there is no such slot');
    else if (value === null || value === '') continue;
    else {
      const read = types[slot.type].safeParse(value);
      const choice =
        slot.type === 'choice' && read.success ? slot.choices.find((one) => one.toLowerCase() === String(read.data).trim().toLowerCase()) : undefined;
      if (!read.success) refuse(read.error.issues[0]?.message ?? 'is not valid');
      else if (slot.type === 'choice' && choice === undefined) refuse(`must be one of: ${slot.choices.join(', ')}`);
      else slots[name] = choice ?? read.data;
    }
  }
  return { standing: { ...standing, slots }, problems };
}

/**
 * What the model gets of a playbook beside its other data.
 * @param given.parametersOf names of the arguments that a skill takes
 */
export function playbookData(
  plan: Plan,
  standing: Standing,
  given: { today: string; language: string | null; parametersOf(skill: string): readonly string[] },
): PlaybookData {
  const next = nextOf(plan, standing);
  return {
    step: Math.min(standing.step + 1, stepsOf(plan).length),
    known: Object.fromEntries(
      plan.slots.flatMap(({ name }) => (standing.slots[name] === undefined || standing.slots[name] === null ? [] : [[name, standing.slots[name]]])),
    ),
    missing: plan.slots
      .filter(({ name }) => standing.slots[name] === undefined)
      .map(({ name, type, choices }) => ({ name, type, ...(choices.length > 0 ? { choices } : {}) })),
    today: given.today,
    next: next && toNext(plan, standing, next, given),
  };
}

function toNext(
  plan: Plan,
  standing: Standing,
  next: Next,
  { language, parametersOf }: { language: string | null; parametersOf(skill: string): readonly string[] },
): PlaybookData['next'] {
  const step = stepsOf(plan)[standing.step]!;
  if (next.kind === 'slot') {
    const { name, questions } = next.slot;
    const base = (tag: string): string => tag.toLowerCase().split('-')[0]!;
    const question = questions.find((one) => language !== null && base(one.language) === base(language)) ?? questions[0];
    const alone = slotsOf(plan, standing.step).length === 1;
    return {
      kind: 'slot',
      slot: name,
      ask: question?.text ?? (alone ? step.text : `${step.text} (${name.replaceAll('_', ' ')})`),
      again: (standing.asked[name] ?? 0) > 0,
    };
  }
  if (next.kind === 'skill') {
    const takes = parametersOf(next.skill);
    return {
      kind: 'skill',
      skill: next.skill,
      args: Object.fromEntries(
        takes.flatMap((name) => (standing.slots[name] === undefined || standing.slots[name] === null ? [] : [[name, standing.slots[name]]])),
      ),
    };
  }
  return { kind: 'words', ask: next.text, again: (standing.asked[String(standing.step)] ?? 0) > 0 };
}

/** The playbook as the system text tells it: all of it was written by the team. */
export function playbookText(plan: Plan): string {
  const steps = stepsOf(plan).map(({ text, condition, skill }, at) => {
    const slots = slotsOf(plan, at).map(({ name }) => name);
    const parts = [condition && `only if: ${condition}`, skill && `call ${skill}`, slots.length > 0 && `find out: ${slots.join(', ')}`].filter(Boolean);
    return `${at + 1}. ${text}${parts.length > 0 ? ` (${parts.join('; ')})` : ''}`;
  });
  const exits = plan.exits.map(({ condition, keywords }, at) => `${at + 1}. ${condition || `the customer says: ${keywords.join(', ')}`}`);
  return [
    `Follow this playbook, “${plan.name}”, whose goal is: ${plan.goal}`,
    ...steps,
    ...(exits.length > 0 ? ['It ends early by one of these exits:', ...exits] : []),
    `playbook in the data says where it stands. Call ${FOLLOW} as soon as the customer told something that it asks for, also a thing of a later step, and when a step in words alone is done or an exit applies.`,
    'Then ask for one thing at a time, the next that is missing; answer what the customer asks meanwhile, and come back to it. Never ask for what is known.',
  ].join('\n');
}
