import type { JSONSchema7 } from 'ai';
import { z } from 'zod';
import type { Playbook } from '../contract/playbook.ts';
import type { Because } from '../contract/message.ts';
import type { Why } from '../contract/why.ts';
import { advance, asked, BEGINNING, begins, endsTurn, giveUp, stepsOf, whyCode, whyOver } from '../domain/playbook.ts';
import type { Over, Plan, Standing } from '../domain/playbook.ts';
import type { ComposeInput } from './compose.ts';
import { BEGIN, fill, FOLLOW, followArgs, playbookData, playbookText } from './playbook-tool.ts';
import type { SkillTool } from './skill-tool.ts';

/** A playbook that stands in a conversation. */
export interface OpenPlaybook {
  /** Of what stands; null where it begins with this turn. */
  id: string | null;
  playbook: { id: string; version: number };
  plan: Plan;
  standing: Standing;
}

/** What a turn made of it, to be written with the reply. */
export interface PlaybookChange extends OpenPlaybook {
  ended: { as: 'goal' | 'exit'; why: string; code: Why } | null;
}

/** What a turn knows of the conversation, as far as playbooks go. */
interface PlaybookScene {
  agentId: string;
  open: OpenPlaybook | null;
  playbooks: readonly Playbook[];
  /** What the customer wrote that nothing has looked at yet. */
  texts: readonly string[];
  intent: string | null;
  /** `YYYY-MM-DD`. */
  today: string;
  language: string | null;
  skills: readonly Pick<SkillTool, 'name' | 'parameters'>[];
  /** The model begins by itself those that no rule begins. */
  mayBegin: boolean;
}

export const planOf = ({ name, goal, steps, slots, exits, onGoal, routeIds }: Playbook): Plan => ({ name, goal, steps, slots, exits, onGoal, routeIds });
const beginning = (playbook: Playbook): OpenPlaybook => ({
  id: null,
  playbook: { id: playbook.id, version: playbook.version },
  plan: planOf(playbook),
  standing: BEGINNING,
});

/**
 * One turn of an agent in a playbook: the one that stands, or the first whose rules begin it. The model says what it found
 * out; what may follow from that is decided here.
 */
export class PlaybookTurn {
  #open: OpenPlaybook | null;
  #over: Over | null = null;
  readonly #ran = new Set<string>();
  readonly #scene: PlaybookScene;
  readonly #own: Playbook[];

  constructor(scene: PlaybookScene) {
    this.#scene = scene;
    this.#own = scene.playbooks.filter(({ agentId }) => agentId === null || agentId === scene.agentId);
    // One that was switched off, or is another agent's, waits; none begins beside it.
    const { open } = scene;
    if (open) this.#open = this.#own.some(({ id }) => id === open.playbook.id) ? open : null;
    else {
      const begun = this.#own.find((playbook) => begins(playbook, scene.texts, scene.intent));
      this.#open = begun ? beginning(begun) : null;
    }
    this.#settle(null, scene.texts);
  }

  /** It has ended in a way that leaves the agent nothing to say. */
  over(): boolean {
    return this.#open !== null && this.#over !== null && endsTurn(this.#open.plan, this.#over);
  }

  /** What the prompt gets, or null where no playbook is followed. */
  input(): ComposeInput['playbook'] {
    const open = this.#open;
    const may = this.#mayBegin();
    if (!open || this.#over) {
      return may.length === 0
        ? null
        : {
            text: [
              `Begin one of these playbooks with ${BEGIN} when it fits what the customer wants:`,
              ...may.map(({ name, goal }) => `- ${name}: ${goal}`),
            ].join('\n'),
            data: null,
            over: () => this.over(),
          };
    }
    return { text: playbookText(open.plan), data: this.#data(open), over: () => this.over() };
  }

  /** The tools by which a model moves it. */
  tools(): SkillTool[] {
    const tool = <A extends z.ZodType>(name: string, description: string, parameters: A, run: (args: z.infer<A>) => unknown): SkillTool => ({
      name,
      description,
      parameters: z.toJSONSchema(parameters) as unknown as JSONSchema7,
      risk: 'low',
      effects: false,
      run: async (args) => ({ result: run(parameters.parse(args) as z.infer<A>), summary: '' }),
    });
    const follow = tool(
      FOLLOW,
      'Say what the customer told of what the playbook asks for, which step in words is done, or which exit applies.',
      followArgs,
      (args) => this.#follow(args),
    );
    if (this.#open && !this.#over) return [follow];
    const may = this.#mayBegin();
    if (may.length === 0) return [];
    return [
      tool(BEGIN, 'Begin a playbook of the team.', z.object({ name: z.string().max(200) }), ({ name }) => {
        const chosen = may.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
        if (!chosen) return { error: 'There is no such playbook.' };
        this.#open = beginning(chosen);
        return { text: playbookText(this.#open.plan), playbook: this.#data(this.#open) };
      }),
      follow,
    ];
  }

  /** A skill ran well. */
  ran(name: string): void {
    this.#ran.add(name);
    this.#settle(null, []);
  }

  /** What the reply rests on. */
  because(): Because['playbook'] {
    const open = this.#open;
    if (!open) return null;
    const steps = stepsOf(open.plan).length;
    return { id: open.playbook.id, name: open.plan.name, step: Math.min(open.standing.step + 1, steps), steps };
  }

  /**
   * What the turn came to.
   * @param said the agent answers, and has asked for what is missing next
   */
  outcome(said: boolean): { change: PlaybookChange | null; over: Over | null; plan: Plan | null } {
    if (said && !this.#over) this.#giveUp();
    const open = this.#open;
    if (!open) return { change: null, over: null, plan: null };
    const over = this.#over;
    if (over)
      return {
        change: { ...open, ended: { as: over.as === 'goal' ? 'goal' : 'exit', why: whyOver(open.plan, over), code: whyCode(open.plan, over) } },
        over,
        plan: open.plan,
      };
    return { change: { ...open, standing: said ? asked(open.plan, open.standing) : open.standing, ended: null }, over: null, plan: open.plan };
  }

  #mayBegin(): Playbook[] {
    if (!this.#scene.mayBegin || this.#scene.open || this.#open) return [];
    return this.#own.filter(({ begins: rules, steps, slots }) => rules.intents.length + rules.keywords.length === 0 && steps.length + slots.length > 0);
  }

  #data(open: OpenPlaybook) {
    return playbookData(open.plan, open.standing, {
      today: this.#scene.today,
      language: this.#scene.language,
      parametersOf: (skill) => parametersOf(this.#scene.skills.find(({ name }) => name === skill)),
    });
  }

  #follow({ slots, done, exit }: z.infer<typeof followArgs>): unknown {
    if (!this.#open) return { error: 'No playbook is followed.' };
    const filled = fill(this.#open.plan, this.#open.standing, slots ?? {});
    this.#open = { ...this.#open, standing: filled.standing };
    if (exit && this.#open.plan.exits[exit - 1]) this.#over = { as: 'exit', exit: exit - 1 };
    this.#settle(done ?? null, []);
    // Who gave a value that is none may try again.
    if (filled.problems.length === 0) this.#giveUp();
    const problems = filled.problems.length > 0 ? { problems: filled.problems } : {};
    return { ...problems, playbook: this.#over ? { ended: this.#over.as === 'goal' ? 'goal' : 'exit' } : this.#data(this.#open) };
  }

  #settle(done: number | null, texts: readonly string[]): void {
    if (!this.#open || this.#over) return;
    const { standing, over } = advance(this.#open.plan, this.#open.standing, { ran: this.#ran, done, texts });
    this.#open = { ...this.#open, standing };
    this.#over = over;
  }

  /** What was asked for in vain is passed over or given up, one after the other. */
  #giveUp(): void {
    for (;;) {
      if (!this.#open || this.#over) return;
      const { standing, over } = giveUp(this.#open.plan, this.#open.standing);
      if (standing === this.#open.standing && !over) return;
      this.#open = { ...this.#open, standing };
      this.#over = over;
      this.#settle(null, []);
    }
  }
}

function parametersOf(skill: Pick<SkillTool, 'parameters'> | undefined): string[] {
  const { properties } = (skill?.parameters ?? {}) as { properties?: unknown };
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}
