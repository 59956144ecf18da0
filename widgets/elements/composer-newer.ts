import type { Message } from '../../server/contract/message.ts';

/** What the customer, an agent or a colleague said after an item: what somebody who was writing may not have seen. */
export function newerThan(items: readonly Message[], seq: number, me: string | undefined): Message[] {
  return items.filter(
    (item) => item.seq > seq && item.kind === 'message' && item.author.kind !== 'system' && !(item.author.kind === 'operator' && item.author.id === me),
  );
}

const longest = 90;

/** The beginning of what was said, for one line. */
export function glimpse({ text }: Message): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest).toWellFormed()} …` : line;
}
