/** How customers may choose to be reached at a handoff. */
import { z } from 'zod';
import { Id, Name, Time } from './common.ts';

const slug = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be lower-case letters, digits and _');
const Language = z.string().regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'must be a language tag such as pt-BR');
/** The same words in other languages, each once. */
const InLanguages = z
  .array(z.strictObject({ language: Language, text: z.string().trim().min(1).max(200) }))
  .max(50)
  .refine((texts) => new Set(texts.map(({ language }) => language.toLowerCase())).size === texts.length, 'must have each language once');
export type InLanguages = z.infer<typeof InLanguages>;

/** What a route asks of the customer. */
export const RouteField = z
  .strictObject({
    /** Under which name answers are given. */
    name: slug,
    kind: z.enum(['phone', 'time', 'text']).default('text'),
    /** What the customer reads. Empty, for a phone number or a time: our words for it, in the customer's language. */
    label: z.string().trim().max(200).default(''),
    /** What customers of other languages read. */
    labels: InLanguages.optional(),
    required: z.boolean().default(true),
  })
  .refine(({ kind, label }) => kind !== 'text' || label !== '', { message: 'must say what is asked', path: ['label'] });
export type RouteField = z.infer<typeof RouteField>;

export const RouteInput = z.strictObject({
  label: Name,
  kind: z.enum(['call', 'meeting', 'team', 'other']).default('other'),
  hint: z.string().max(200).default(''),
  /** What customers of other languages read in place of the label and the hint. */
  labels: InLanguages.default([]),
  hints: InLanguages.default([]),
  departmentId: Id.nullable().default(null),
  fields: z
    .array(RouteField)
    .max(5)
    .refine((fields) => new Set(fields.map(({ name }) => name)).size === fields.length, 'must each have a name of its own')
    .default([]),
  /** When nobody is there: shown with when that will be, hidden, or offered as at any time. */
  outsideHours: z.enum(['show', 'hide', 'offer']).default('show'),
  active: z.boolean().default(true),
  position: z.number().int().min(-1_000_000).max(1_000_000).default(0),
});
export const Route = RouteInput.extend({ id: Id, version: z.number().int(), createdAt: Time });
export type Route = z.infer<typeof Route>;
