import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const needsReplyRow = z.object({
  id: z.string(),
  text: z.string(),
  prev_agent: z.string().nullable().optional(),
  needs_reply: z.boolean(),
  stratum: z.string(),
  lang: z.string(),
});
const asksForHumanRow = z.object({
  id: z.string(),
  text: z.string(),
  prev_agent: z.string().nullable().optional(),
  asks_for_human: z.boolean(),
  stratum: z.string(),
  strength: z.string(),
  lang: z.string(),
});

const intentRow = z.object({ id: z.string(), text: z.string(), intent: z.string(), domain: z.string(), lang: z.string().default('en') });
const dialogueRow = z.object({
  id: z.string(),
  origin: z.string(),
  lang: z.string().default('en'),
  handed_off: z.boolean().nullable().optional(),
  turns: z.array(z.object({ role: z.enum(['customer', 'agent', 'action', 'action_result']), text: z.string().optional(), tool: z.string().optional() })),
});

export type IntentRow = z.infer<typeof intentRow>;
export type DialogueRow = z.infer<typeof dialogueRow>;
export type NeedsReplyRow = z.infer<typeof needsReplyRow>;
export type AsksForHumanRow = z.infer<typeof asksForHumanRow>;

/** The rows of needs_reply.jsonl in a folder. */
export const readNeedsReply = (dir: string): NeedsReplyRow[] => read(dir, 'needs_reply.jsonl', needsReplyRow);

/** The rows of asks_for_human.jsonl in a folder. */
export const readAsksForHuman = (dir: string): AsksForHumanRow[] => read(dir, 'asks_for_human.jsonl', asksForHumanRow);

/** The rows of intents.jsonl in a folder; none where it has no such file. */
export const readIntents = (dir: string): IntentRow[] => (existsSync(join(dir, 'intents.jsonl')) ? read(dir, 'intents.jsonl', intentRow) : []);

/** The rows of dialogues.jsonl in a folder; none where it has no such file. */
export const readDialogues = (dir: string): DialogueRow[] => (existsSync(join(dir, 'dialogues.jsonl')) ? read(dir, 'dialogues.jsonl', dialogueRow) : []);

function read<T>(dir: string, name: string, row: z.ZodType<T>): T[] {
  return readFileSync(join(dir, name), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const parsed = row.safeParse(JSON.parse(line));
      if (!parsed.success) throw new Error(`${name}, line ${index + 1}: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    });
}
