/** The customer chooses its route after a handoff: by a button where the channel has them, by its number or label elsewhere. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../demo/providers.ts';
import { startChannels } from '../support/channels.ts';
import type { Channels, Played } from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let channels: Channels;

beforeAll(async () => {
  database = await createTestDatabase();
  channels = await startChannels(database, { replyMode: 'auto_send' });
  // Longer than a button may be, so that its label alone would not come back.
  await channels.api.db.sql`update route set label = 'The sales team of the whole house' where id = ${channels.world.routes.sales}`;
  await channels.work();
});
afterAll(async () => {
  await channels.stop();
  await database.close();
});

let next = 0;
const handleFor = (kind: Played): string => {
  const n = (next += 1);
  return kind === 'email' ? `route${n}@customer.example` : kind === 'instagram' ? `40${n}` : kind === 'custom' ? `kim${n}` : `+4915550${1_000 + n}`;
};

/** A customer that asks for a person, and is asked how it wants to be reached. */
async function handedOff(kind: Played): Promise<{ from: string; asked: OutboxItem }> {
  const from = handleFor(kind);
  await channels.tell(kind, { from, text: 'I want to talk to a human, please', ...(kind === 'email' && { subject: 'Help' }) });
  await channels.seen(
    kind,
    from,
    ({ conversation, items }) => conversation.handoff !== null && items.some(({ routes, delivery }) => routes && delivery?.status === 'sent'),
    'the routes to be offered',
  );
  return { from, asked: channels.providers.outbox(kind).findLast(({ to }) => to === from)! };
}
const chosen = (kind: Played, from: string) => channels.seen(kind, from, ({ conversation }) => conversation.handoff?.route?.label, 'a route to be chosen');
const answer = (kind: Played, from: string, asked: OutboxItem, text: string) =>
  channels.tell(kind, { from, text, ...(kind === 'email' && { subject: 'Re: Help', inReplyTo: asked.messageId }) });

describe.each(['email', 'sms', 'whatsapp', 'instagram', 'custom'] as const)('by %s', (kind) => {
  it('a number chooses, a wrong one is a message as any other', async () => {
    const { from, asked } = await handedOff(kind);
    await answer(kind, from, asked, '9');
    await channels.seen(
      kind,
      from,
      ({ conversation, items }) => !conversation.working && items.at(-1)?.text === '9' && items.at(-1)?.intent !== undefined,
      'the wrong number to be looked at',
    );
    expect((await channels.thread(kind, from)).conversation.handoff?.route).toBeNull();
    await answer(kind, from, asked, '2.');
    expect(await chosen(kind, from)).toBe('The sales team of the whole house');
    const { conversation, items } = await channels.thread(kind, from);
    expect(items.find(({ routes }) => routes)?.chosenRouteId).toBe(channels.world.routes.sales);
    expect(items.filter(({ code }) => code === 'route_chosen')).toHaveLength(1);
    expect(conversation).toMatchObject({ requiresAction: true, requiresReason: 'handoff' });
    expect(channels.providers.outbox(kind).filter(({ to }) => to === from)).toHaveLength(1);
  });

  it('a label chooses, and its department gets the conversation', async () => {
    const { from, asked } = await handedOff(kind);
    await answer(kind, from, asked, 'a call');
    expect(await chosen(kind, from)).toBe('A call');
    expect((await channels.thread(kind, from)).conversation.department?.name).toBe('Care');
  });
});

describe.each(['whatsapp', 'instagram', 'custom'] as const)('a button of %s', (kind) => {
  it('chooses by its id, however its label was cut', async () => {
    const { from, asked } = await handedOff(kind);
    const choice = kind === 'custom' ? { id: channels.world.routes.sales, title: 'Whatever it says' } : asked.choices?.[1];
    expect(choice).toBeDefined();
    await channels.tell(kind, { from, text: '', about: asked, choice: choice! });
    expect(await chosen(kind, from)).toBe('The sales team of the whole house');
  });
});
