import { z } from 'zod';

/** Why something was done by itself, as a word that every reader's language has; some go with a `value`. */
export const WhyCode = z.enum([
  // What the built-in model sees in messages.
  'thanks',
  'goodbye',
  'closing',
  'acknowledgement',
  'greeting',
  'emoji',
  'question',
  'request',
  'answer',
  'confirmation',
  'complaint',
  'asks_for_person',
  // What else decides whether an agent answers; `instruction` with the sentence of it, `wanted_by` with a name, `automatic` with what the mail says of itself.
  'classifier_off',
  'instruction',
  'addressed',
  'wanted_by',
  'automatic',
  'intent_not_enabled',
  // Why it could not, or what it had to say was dropped.
  'model_timeout',
  'model_rate_limited',
  'model_unavailable',
  'model_auth',
  'model_nonsense',
  'model_aborted',
  'internal',
  'speakers_changed',
  'opted_out',
  // How a playbook ended: with its name, with what was not said, with the condition of the exit.
  'goal_reached',
  'slot_unanswered',
  'exit_taken',
]);
export type WhyCode = z.infer<typeof WhyCode>;

/** The same as a sentence stands beside it in English, as `reason`. */
export const Why = z.object({ code: WhyCode, value: z.string().optional() });
export type Why = z.infer<typeof Why>;
