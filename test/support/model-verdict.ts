/** What a model answers when it is asked to classify. */
import type { Classification } from '../../server/pipeline/classify.ts';

/** What the model says itself; the rest the server adds. */
type Verdict = Omit<Classification, 'why' | 'by' | 'alarm'>;

/** The model's answer to a plain question in English, unless changed. */
export const verdict = (change: Partial<Verdict> = {}): Verdict => ({
  needsReply: true,
  reason: 'asks something',
  reasonCode: 'question',
  cardId: null,
  intent: null,
  asksForHuman: false,
  route: null,
  urgency: 'normal',
  frustration: 0,
  language: 'en',
  certainty: 1,
  ...change,
});
