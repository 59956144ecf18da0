/** A message between us and one address, newest first in lists of them. */
export interface Exchanged {
  /** `automatic`: no person of ours wrote or approved it. */
  by: 'them' | 'automatic' | 'person';
  text: string;
  /** When it came, or went out. */
  at: Date;
}

/** Why an agent leaves a message to people, in words; other reasons why it never answers need none. */
export const NEEDS_PERSON: Readonly<Record<string, string>> = {
  another_sender: 'did not answer: somebody else than the customer wrote',
  repeats_itself: 'did not answer: the mail repeats an earlier one, as machines do',
  too_quick: 'did not answer: mails come back faster than people write',
};

/** Nobody reads a mail and answers it in this time, in milliseconds; twice in a row it is no chance. */
const QUICK_MS = 10_000;

/** What two mails by one machine have in common: numbers, times and ids aside. */
const shapeOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\p{N}][\p{N}\p{L}.:/-]*/gu, '0')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * Whether a mail comes from a machine that does not say so (RFC 3834 asks it to): what answers our automatic mail with what
 * it had written before, or for the second time at once. So two machines write each other two mails and no third.
 * @param before what was exchanged with its sender until now, newest first
 * @returns a reason of {@link NEEDS_PERSON}
 */
export function machineWrote(text: string, now: Date, before: readonly Exchanged[]): 'repeats_itself' | 'too_quick' | null {
  const [ours, theirs, earlier] = before;
  if (ours?.by !== 'automatic') return null;
  const shape = shapeOf(text);
  if (shape !== '' && before.some((message) => message.by === 'them' && shapeOf(message.text) === shape)) return 'repeats_itself';
  const quick = (sent: Exchanged | undefined, answered: Date) => sent?.by === 'automatic' && answered.getTime() - sent.at.getTime() < QUICK_MS;
  return theirs?.by === 'them' && quick(ours, now) && quick(earlier, theirs.at) ? 'too_quick' : null;
}
