/** Notes, their files, tickets and questions to take over stay within the team, on every path to a customer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message, MessagePage } from '../../server/contract/message.ts';
import type { TicketWithSnapshot } from '../../server/contract/ticket.ts';
import type { TestApi } from '../support/api.ts';
import { fresh, startFiles } from '../support/files.ts';
import type { FilesWorld } from '../support/files.ts';
import { listenTo } from '../support/stream.ts';

let files: FilesWorld;
let api: TestApi;
let ana: string;
let ben: string;

beforeAll(async () => {
  files = await startFiles();
  ({
    api,
    tokens: { ana, ben },
  } = files);
});
afterAll(() => files.stop());

const note = (conversationId: string, body: Record<string, unknown>, token = ana) =>
  api.call<Message>('POST', `/v1/conversations/${conversationId}/notes`, { token, body });

describe('a note', () => {
  test('carries files, which go with it alone', async () => {
    const { conversationId } = await files.world.writes('Hello');
    const file = await files.sent(ana, fresh('internal'), 'plan.txt');
    const written = await note(conversationId, { text: 'The plan', attachmentIds: [file.id] });
    expect([written.status, written.body.attachments.map(({ name }) => name)]).toEqual([201, ['plan.txt']]);
    expect((await files.fetched(written.body.attachments[0]!.url)).status).toBe(200);
    for (const path of ['messages', 'notes']) {
      const again = await api.refused('POST', `/v1/conversations/${conversationId}/${path}`, { token: ben, body: { text: 'Again', attachmentIds: [file.id] } });
      expect([path, again.code]).toEqual([path, 'invalid']);
    }
  });

  test('refuses a customer’s file, and one of another workspace', async () => {
    const { conversationId } = await files.world.writes('Hello');
    const [theirs, rivals] = [await files.sentByVisitor(await files.visitor(), fresh()), await files.sent(files.tokens.rita, fresh())];
    for (const { id } of [theirs, rivals]) expect((await note(conversationId, { text: 'No', attachmentIds: [id] })).status).toBe(422);
  });

  test('tells each who is mentioned once, however often it names them', async () => {
    const { conversationId } = await files.world.writes('Hello');
    const { ben: id } = files.world.operators;
    await note(conversationId, { text: '@Ben Okafor and @Ben Okafor again', mentions: [id, id] });
    const told = await files.database.sql`select 1 from notification where operator_id = ${id} and conversation_id = ${conversationId} and kind = 'mention'`;
    expect(told).toHaveLength(1);
  });
});

test('nothing of notes, their files, tickets or questions to take over reaches a customer, live, later or by guessing', async () => {
  const visitor = await files.visitor();
  const live = await listenTo(`${api.url}/v1/chat/events`, visitor);
  const { body: first } = await files.write(visitor, [(await files.sentByVisitor(visitor, fresh(), 'mine.txt')).id]);
  const { conversationId } = first;
  const hidden = await files.sent(ana, fresh('canary bytes'), 'canary-file.txt');
  const written = await note(conversationId, { text: 'canary-note', mentions: [files.world.operators.ben], attachmentIds: [hidden.id] });
  const { body: ticket } = await api.call<TicketWithSnapshot>('POST', `/v1/conversations/${conversationId}/tickets`, {
    token: ana,
    body: { title: 'canary-ticket', description: 'canary-text' },
  });
  await api.call('PATCH', `/v1/tickets/${ticket.id}`, { token: ben, body: { status: 'solved' } });
  const { body: asked } = await api.call<{ transfer: { id: string } }>('POST', `/v1/conversations/${conversationId}/transfer`, {
    token: ana,
    body: { operatorId: files.world.operators.ben, note: 'canary-asked' },
  });
  await api.call('POST', `/v1/transfers/${asked.transfer.id}/decline`, { token: ben, body: { reason: 'canary-declined' } });
  await files.write(visitor, [(await files.sentByVisitor(visitor, fresh(), 'last.txt')).id]);
  await live.until(({ event, data }) => event === 'message' && JSON.stringify(data).includes('last.txt'), 'the last message');
  live.close();

  const later = await api.call('GET', '/v1/chat/messages', { token: visitor });
  expect(later.status).toBe(200);
  for (const seen of [JSON.stringify(live.heard), later.text]) {
    expect(seen).not.toMatch(/canary/);
    for (const id of [hidden.id, ticket.id, asked.transfer.id, written.body.id]) expect(seen).not.toContain(id);
  }
  for (const path of ['/v1/tickets', `/v1/tickets/${ticket.id}`, '/v1/transfers', `/v1/conversations/${conversationId}/messages`]) {
    expect([path, (await api.call('GET', path, { token: visitor })).status]).toEqual([path, 403]);
  }
  const stolen = await api.refused('POST', '/v1/chat/messages', { token: visitor, body: { text: 'Mine?', attachmentIds: [hidden.id] } });
  expect(stolen.status).toBe(422);
  const { body: page } = await api.call<MessagePage>('GET', `/v1/conversations/${conversationId}/messages`, { token: ana });
  expect(JSON.stringify(page)).toMatch(/canary-note.*canary-file/s);
});
