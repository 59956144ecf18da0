import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const needsReplyRow = z.object({
  id: z.string(), text: z.string(), prev_agent: z.string().nullable().optional(), needs_reply: z.boolean(), stratum: z.string(), lang: z.string(),
});
const asksForHumanRow = z.object({
  id: z.string(), text: z.string(), prev_agent: z.string().nullable().optional(), asks_for_human: z.boolean(), stratum: z.string(), strength: z.string(), lang: z.string(),
});

export type NeedsReplyRow = z.infer<typeof needsReplyRow>;
export type AsksForHumanRow = z.infer<typeof asksForHumanRow>;

/** The rows of needs_reply.jsonl in a folder. */
export const readNeedsReply = (dir: string): NeedsReplyRow[] => read(dir, 'needs_reply.jsonl', needsReplyRow);

/** The rows of asks_for_human.jsonl in a folder. */
export const readAsksForHuman = (dir: string): AsksForHumanRow[] => read(dir, 'asks_for_human.jsonl', asksForHumanRow);

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
