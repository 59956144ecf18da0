import { z } from 'zod';
import { Channel, Id, Name, PageQuery, Reason, ShortText, Time } from './common.ts';
import { ContactRef } from './conversation.ts';

export const Identity = z.object({ id: Id, channel: Channel, handle: z.string(), /** When its owner asked for no more messages there. */ optedOutAt: Time.nullish() });
export type Identity = z.infer<typeof Identity>;

export const Contact = ContactRef.extend({
  timeZone: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()),
  identities: z.array(Identity),
  createdAt: Time,
  version: z.number().int(),
});
export type Contact = z.infer<typeof Contact>;

export const ContactsQuery = PageQuery.extend({ q: z.string().trim().max(200).optional() });
export const PatchContact = z.strictObject({
  name: Name.optional(),
  email: z.email().max(320).nullable().optional(),
  company: ShortText.nullable().optional(),
  phone: z.string().max(50).nullable().optional(),
  language: z.string().max(35).nullable().optional(),
  timeZone: z.string().max(64).nullable().optional(),
  attributes: z.record(z.string().max(100), z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()])).optional(),
});
export const PauseAi = z.strictObject({ reason: Reason.optional() });
