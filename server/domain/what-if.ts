import type { LooksWrong } from '../contract/classifier.ts';
import { holds } from './said.ts';

/** What is known of a message whose decision flips. */
interface Flip {
  text: string;
  now: boolean;
  then: boolean;
  asksForHuman: boolean;
  /** A word of alarm stands in it. */
  alarm: boolean;
  /** The classifier's reason code for the words alone. */
  kind: string;
}

/** Kinds of message that ask for nothing. */
const NOTHING_ASKED = ['thanks', 'goodbye', 'closing', 'acknowledgement', 'emoji'];

/** Whether a flip looks like a mistake, and by what; null where it does not, or where nothing flips. */
export function looksWrong({ text, now, then, asksForHuman, alarm, kind }: Flip): LooksWrong | null {
  if (now === then) return null;
  if (then) return NOTHING_ASKED.includes(kind) ? 'nothing_asked' : null;
  if (holds(text, 'money')) return 'money';
  if (holds(text, 'question')) return 'question';
  if (asksForHuman) return 'person';
  return alarm ? 'alarm' : null;
}
