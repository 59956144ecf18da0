import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VisitorSession } from '../../server/contract/chat.ts';
import type { Message, VisitorMessage } from '../../server/contract/message.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startChannels } from '../support/channels.ts';
import { approveRaces } from '../support/fence-once.ts';
import { replayWebhooks } from '../support/replay.ts';

let database: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

describe('exactly one', () => {
  it('message comes of the same POST of a customer 50 times at once', async () => {
    const world = await api.world();
    const { body: session } = await api.call<VisitorSession>('POST', '/v1/chat/sessions', { body: { workspace: world.slug } });
    const key = newId();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        api.call<VisitorMessage>('POST', '/v1/chat/messages', { token: session.token, body: { text: 'Once' }, headers: { 'idempotency-key': key } }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(await database.sql`select 1 from message where workspace_id = ${world.workspaceId} and direction = 'inbound'`).toHaveLength(1);
    expect(await database.sql`select 1 from conversation where workspace_id = ${world.workspaceId}`).toHaveLength(1);
  });

  it('message comes of the same POST of an operator 50 times at once', async () => {
    const world = await api.world();
    const token = await operatorToken(world);
    const { conversationId } = await world.writes('Hello');
    const key = newId();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        api.call<Message>('POST', `/v1/conversations/${conversationId}/messages`, {
          token,
          body: { text: 'Once', assume: true },
          headers: { 'idempotency-key': key },
        }),
      ),
    );
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.body.id}`)).size).toBe(1);
    expect(await database.sql`select 1 from message where conversation_id = ${conversationId} and direction = 'outbound'`).toHaveLength(1);
  });

  it('message at most comes of a draft: approved twice, rejected and overtaken at once', async () => {
    const proof = await approveRaces(api.db, 40);
    expect(proof).toMatchObject({ races: 40, tooMany: 0, disagree: 0, left: 0 });
    expect(proof.approved).toBeGreaterThan(0);
  });

  it('message comes of each webhook, of every kind, that a provider repeats five times, shuffled and at once', async () => {
    const channels = await startChannels(database);
    expect(await replayWebhooks(channels, { webhooks: 180, copies: 5, parallel: 16 })).toMatchObject({
      messages: 180,
      conversations: 36,
      refused: 0,
      holes: 0,
      miscounted: 0,
      disordered: 0,
    });
    await channels.stop();
  }, 60_000);
});
