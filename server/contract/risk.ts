import { z } from 'zod';

/** What about a reply can be risky. */
export const RiskKind = z.enum(['skill', 'money', 'money_given', 'promise', 'account_change', 'sentiment', 'uncertain', 'no_answer', 'words']);
export type RiskKind = z.infer<typeof RiskKind>;

/** How risky one thing is in this team's eyes. In the mode `controlled`, what is low is sent and the rest staged. */
export const RiskRule = z
  .strictObject({
    kind: RiskKind,
    level: z.enum(['low', 'medium', 'high']),
    /**
     * Where it begins. Of money: the least amount, in whatever currency; of `sentiment`: the least frustration, 0 to 1;
     * of `uncertain`: the certainty below which it is one, 0 to 1.
     */
    over: z.number().min(0).max(1_000_000_000).optional(),
    /** Of `words`: any of these in the reply. */
    words: z.array(z.string().trim().min(1).max(200)).max(200).optional(),
  })
  .refine(({ kind, words }) => kind !== 'words' || (words?.length ?? 0) > 0, { path: ['words'], error: 'must name at least one word' });
export type RiskRule = z.infer<typeof RiskRule>;

/** At most one of a kind. */
export const RiskRules = z
  .array(RiskRule)
  .max(20)
  .refine((rules) => new Set(rules.map(({ kind }) => kind)).size === rules.length, 'must have each kind once');
