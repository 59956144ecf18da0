/** What is known of a contact, as it is read beside something else of theirs. */
import type { Sql, Transaction } from './connect.ts';

export interface ContactFacts {
  id: string;
  name: string;
  email: string | null;
  company: string | null;
  phone: string | null;
  language: string | null;
}

/** The same in a row of something else, under names of their own. */
export type ContactColumns = { [K in keyof ContactFacts as `contact${Capitalize<K>}`]: ContactFacts[K] };

/** Columns of `contact ct`. */
export const contactColumns = (sql: Sql | Transaction) => sql`
  ct.id as contact_id, ct.name as contact_name, ct.email as contact_email, ct.company as contact_company, ct.phone as contact_phone, ct.language as contact_language`;

export const contactFrom = (row: ContactColumns): ContactFacts => ({
  id: row.contactId,
  name: row.contactName,
  email: row.contactEmail,
  company: row.contactCompany,
  phone: row.contactPhone,
  language: row.contactLanguage,
});
