import { z } from 'zod';
import { Actor, Channel, Id, Name, page, PageQuery, Reason, ShortText, Time } from './common.ts';
import { ContactRef } from './conversation.ts';
import { endpoint } from './endpoint.ts';
import { LanguageTag } from './translate.ts';

export const Identity = z.object({
  id: Id,
  channel: Channel,
  handle: z.string(),
  /** When its owner asked for no more messages there. */ optedOutAt: Time.nullish(),
});
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
const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

export const PatchContact = z.strictObject({
  name: Name.optional(),
  email: z.email().max(320).nullable().optional(),
  company: ShortText.nullable().optional(),
  phone: z.string().max(50).regex(/\d/, 'is no phone number').nullable().optional(),
  language: LanguageTag.nullable().optional(),
  /** As the IANA list names them: `Europe/Lisbon`. */
  timeZone: z.string().max(64).refine(isZone, 'is no time zone; write one such as Europe/Lisbon').nullable().optional(),
  attributes: z.record(z.string().max(100), z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()])).optional(),
});
export const PauseAi = z.strictObject({ reason: Reason.optional() });

/** What was changed of a contact at once: fields and `attributes.<name>`, and `aiPaused`. */
export const ContactChange = z.object({
  id: Id,
  by: Actor,
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  reason: z.string().nullable(),
  at: Time,
});
export type ContactChange = z.infer<typeof ContactChange>;

/** Why everything of a contact is to go: it stays in the log, so it must not say who that was. */
export const EraseContact = z.strictObject({ reason: z.string().trim().min(1).max(500) });
/** Everything that is kept of a contact and of those that became it: rows by their table. Rows of `file` have a link that holds for some hours. */
export const ContactExport = z.object({ takenAt: Time, contactId: Id, records: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))) });

export const contactEndpoints = {
  exportContact: endpoint({
    method: 'get',
    path: '/v1/contacts/:id/export',
    audience: 'admin',
    scope: 'contacts:export',
    summary: 'Everything that is kept of a contact, as one JSON',
    status: 200,
    response: ContactExport,
  }),
  eraseContact: endpoint({
    method: 'post',
    path: '/v1/contacts/:id/erase',
    audience: 'admin',
    summary: 'Erase everything that is kept of a contact, for good',
    body: EraseContact,
    status: 204,
  }),
  contactHistory: endpoint({
    method: 'get',
    path: '/v1/contacts/:id/history',
    audience: 'operator',
    scope: 'contacts:read',
    summary: 'What was changed of a contact, by whom, newest first',
    query: PageQuery,
    status: 200,
    response: page(ContactChange),
  }),
};
