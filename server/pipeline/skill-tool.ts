/** Skills as the tools of a model that composes: bounded, told of while they run, and noted with what came of them. */
import { jsonSchema, tool } from 'ai';
import type { FlexibleSchema, JSONSchema7, ToolSet } from 'ai';
import { z } from 'zod';
import type { PlannedAction } from '../db/draft-actions.ts';
import { articlesOf, withRefs } from './prompt-articles.ts';

/** A skill as the reply may use it. Contact and workspace are bound inside `run`; arguments cannot name them. */
export interface SkillTool {
  name: string;
  description: string;
  /** A zod schema or a JSON schema of the arguments. */
  parameters: z.ZodType | JSONSchema7;
  risk: 'low' | 'medium' | 'high';
  /** True when a run changes something outside; after such a run nothing is started over. */
  effects: boolean;
  /** `ok`: false where it came to nothing; `noted`: it stands in the thread already. */
  run(
    args: unknown,
    signal: AbortSignal,
  ): Promise<{ result: unknown; summary: string; articleIds?: string[]; ok?: boolean; noted?: boolean; action?: PlannedAction }>;
}

/** One call of a skill, and what came of it. */
export interface SkillRun {
  name: string;
  args: unknown;
  result: unknown;
  summary: string;
  /** Milliseconds. */
  ms: number;
  ok: boolean;
  /** It stands in the thread already. */
  noted: boolean;
  /** It was not run: it is what a person will have run by approving the draft. */
  action?: PlannedAction;
}

/** Whoever is told while skills run. */
export interface Watching {
  onSkillStart?(call: { name: string; args: unknown }): void;
  onSkillEnd?(run: SkillRun): void;
}

/** What the tools of one try leave behind. */
export interface Used {
  runs: SkillRun[];
  /** A skill that changes something outside was begun. */
  touched: boolean;
  /** What the model said it lacked. */
  missing: string | null;
  /** Articles that skills brought. */
  found: { id: string; title: string; text: string }[];
}

/** What the model wants done by people. */
export interface Handoff {
  reason: string;
  route?: string;
}

/** The same skill with the same arguments this often is a loop. */
const SAME_CALL_LIMIT = 3;

/**
 * The tools that a model is offered for one try: the skills, and a way to say that it does not know.
 * @param signal when it is all over; a skill that runs on gets no hearing
 */
export function toolsOf(skills: readonly SkillTool[], watching: Watching, signal: AbortSignal, used: Used): ToolSet {
  const tools: ToolSet = {};
  const calls = new Map<string, number>();
  for (const skill of skills) {
    const inputSchema = schemaOf(skill.parameters);
    if (skill.name === 'hand_off') {
      tools[skill.name] = tool({ description: skill.description, inputSchema });
      continue;
    }
    tools[skill.name] = tool({
      description: skill.description,
      inputSchema,
      execute: async (args: unknown) => {
        const key = `${skill.name} ${JSON.stringify(args)}`;
        calls.set(key, (calls.get(key) ?? 0) + 1);
        if ((calls.get(key) ?? 0) > SAME_CALL_LIMIT) return { error: 'This was tried already with the same arguments.' };
        return runSkill(skill, args, watching, signal, used);
      },
    });
  }
  tools['cannot_answer'] = tool({
    description: 'Say that the answer is not in what you can look up. Then tell the customer so, in their language.',
    inputSchema: z.object({ missing: z.string().describe('what would have been needed, in a few words') }),
    execute: async ({ missing }) => {
      used.missing = missing.replace(/\s+/g, ' ').trim().slice(0, 200);
      return { noted: true };
    },
  });
  return tools;
}

async function runSkill(skill: SkillTool, args: unknown, watching: Watching, signal: AbortSignal, used: Used): Promise<unknown> {
  signal.throwIfAborted();
  watching.onSkillStart?.({ name: skill.name, args });
  if (skill.effects) used.touched = true;
  const start = performance.now();
  const note = (result: unknown, summary: string, ok: boolean, noted: boolean, action?: PlannedAction) => {
    const run: SkillRun = { name: skill.name, args, result, summary, ms: Math.round(performance.now() - start), ok, noted, ...(action && { action }) };
    used.runs.push(run);
    watching.onSkillEnd?.(run);
  };
  try {
    const { result, summary, articleIds, ok = true, noted = false, action } = await skill.run(args, signal);
    used.found.push(...articlesOf(result, articleIds));
    note(result, summary, ok, noted, action);
    return withRefs(result, used.found) ?? null;
  } catch {
    note(null, 'failed', false, false);
    signal.throwIfAborted();
    return { error: 'The skill failed.' };
  }
}

const isZod = (schema: z.ZodType | JSONSchema7): schema is z.ZodType => 'safeParse' in schema;

const schemaOf = (parameters: z.ZodType | JSONSchema7): FlexibleSchema<unknown> => (isZod(parameters) ? parameters : jsonSchema(parameters));

const handoffArgs = z.object({ reason: z.string().catch('asked for a person'), route: z.string().nullish().catch(undefined) });

/** What a call of `hand_off` asks for, in bounds whatever the model wrote. */
export function readHandoff(args: unknown): Handoff {
  const { reason, route } = handoffArgs.catch({ reason: 'asked for a person' }).parse(args);
  return {
    reason:
      reason
        .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
        .trim()
        .slice(0, 200) || 'asked for a person',
    ...(route ? { route: route.trim().slice(0, 60) } : {}),
  };
}
