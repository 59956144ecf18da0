import type { Core } from './core.ts';

/** Everything that is kept of a contact, for admins. Without a time limit: there may be much. */
export class ContactDataCalls {
  constructor(private readonly core: Core) {}

  /** All of it as one JSON; undefined where it did not come. */
  async exportAll(contactId: string): Promise<Blob | undefined> {
    return this.core.client
      .stream(`/v1/contacts/${contactId}/export`, {})
      .then((answer) => answer.blob())
      .catch(() => undefined);
  }

  /** Erases it for good. Answers whether that was done. */
  async erase(contactId: string, reason: string): Promise<boolean> {
    const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ reason }) };
    return this.core.client.stream(`/v1/contacts/${contactId}/erase`, asked).then(
      () => true,
      () => false,
    );
  }
}
