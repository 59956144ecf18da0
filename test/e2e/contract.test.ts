/** The HTTP contract, page by page: conventions, lists, versions, who is asking, and every field that it names. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import { LISTED, REFUSED } from '../support/contract-calls.ts';
import { demoClient } from '../support/demo-client.ts';
import type { DemoClient, Visitor } from '../support/demo-client.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { CONTACT_IN_CONVERSATION, CONVERSATION, DRAFT, HANDOFF, MESSAGE, missing, oddities, refused, UUID_V7 } from '../support/contract-shapes.ts';

let running: RunningDemo;
let demo: DemoClient;
let visitor: Visitor;
/** Of a chat that was answered. */
let chat: string;

beforeAll(async () => {
  running = await startDemo({ pages: false });
  demo = demoClient(running.url);
  await demo.tune('Nova', { burstWaitMs: 0 });
  visitor = await demo.visitor();
  chat = (await visitor.says('How long does delivery take?')).conversationId;
  await demo.settled(chat);
});
afterAll(() => running?.stop());

describe('refusals', () => {
  test.each(REFUSED)('%s: %i %s', async (_, status, code, method, path, ask) => {
    const { contact } = await demo.conversation(chat);
    const accounts = await demo.get<{ items: { id: string; channel: string }[] }>('/v1/channel-accounts');
    const there = path
      .replace(':chat', chat)
      .replace(':contact', contact.id)
      .replace(':sms', accounts.items.find((account) => account.channel === 'sms')!.id);
    const as = typeof ask.as === 'object' && ask.as.token === 'visitor' ? visitor.as : ask.as;
    refused(await demo.ask(method, there, { ...ask, ...(as ? { as } : {}) }), status, code);
  });

  test('name each field that is wrong', async () => {
    const answer = await demo.ask<{ errors: { path: string; message: string }[] }>('PATCH', `/v1/conversations/${chat}`, {
      as: 'ana',
      body: { status: 'gone', priority: 7 },
    });
    expect(answer.body.errors.map((error) => error.path).toSorted()).toEqual(['priority', 'status']);
  });
});

describe('lists', () => {
  test.each(LISTED)('%s: pages hold together what one long page holds, and nothing of another workspace', async (named) => {
    const path = named.replace(':chat', chat);
    const [pieces, whole] = [await demo.all(path, 7), await demo.all(path, 100)];
    expect(pieces.map((item) => item.id)).toEqual(whole.map((item) => item.id));
    expect(new Set(pieces.map((item) => item.id)).size).toBe(pieces.length);
    expect(oddities(whole)).toEqual([]);
    if (path.includes(chat)) return;
    const theirs = await demo.all(path, 100, 'rita');
    expect(theirs.filter((item) => whole.some((ours) => ours.id === item.id))).toEqual([]);
  });

  test('conversations hold what their filters say', async () => {
    const me = await demo.get<{ id: string }>('/v1/me');
    const nova = await demo.agent('Nova');
    const filters: Record<string, (one: Conversation) => boolean> = {
      'channel=email': (one) => one.channel === 'email',
      'status=closed': (one) => one.status === 'closed',
      [`agentId=${nova.id}`]: (one) => one.agent?.id === nova.id,
      'assigneeId=me': (one) => one.assignee?.id === me.id,
      'assigneeId=none': (one) => one.assignee === null,
      'tag=VIP': (one) => one.tags.some((tag) => tag.name === 'VIP'),
      'unread=true': (one) => one.unread > 0,
      'requiresAction=true': (one) => one.requiresAction,
      'handedOff=true': (one) => one.handoff !== null,
      'draftPending=true': (one) => one.draft !== null,
      'priority=urgent': (one) => one.priority === 'urgent',
    };
    const everything = await demo.all<Conversation>('/v1/conversations?status=any', 100);
    for (const [filter, holds] of Object.entries(filters)) {
      const found = await demo.all<Conversation>(`/v1/conversations?${filter}`, 100);
      const status = filter.startsWith('status') ? 'closed' : 'open';
      const expected = everything
        .filter((one) => one.status === status && holds(one))
        .map((one) => one.id)
        .toSorted();
      expect([filter, found.map((one) => one.id).toSorted()]).toEqual([filter, expected]);
      expect([filter, found.length > 0]).toEqual([filter, true]);
      const counts = await demo.get<{ all: { total: number; unread: number } }>(`/v1/conversations/counts?${filter}`);
      expect([filter, counts.all]).toEqual([filter, { total: found.length, unread: found.filter((one) => one.unread > 0).length }]);
    }
    const times = everything.map((one) => one.lastActivityAt);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  test('items of a conversation are found both ways, with no hole', async () => {
    const long = (await demo.all<Conversation>('/v1/conversations?status=any', 100)).reduce((most, one) =>
      one.lastInboundSeq > most.lastInboundSeq ? one : most,
    );
    const path = `/v1/conversations/${long.id}/messages?limit=60`;
    const newest = await demo.get<{ items: Message[]; before: string | null; after: string | null }>(path);
    const seqs = newest.items.map((item) => item.seq);
    let page = newest;
    while (page.before) {
      page = await demo.get(`${path}&before=${page.before}`);
      seqs.unshift(...page.items.map((item) => item.seq));
    }
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    const forth = page.items.map((item) => item.seq);
    while (page.after) {
      page = await demo.get(`${path}&after=${page.after}`);
      forth.push(...page.items.map((item) => item.seq));
    }
    expect(forth).toEqual(seqs);
    await demo.act(long.id, 'unread', { seq: 40 });
    const around = await demo.get<{ items: Message[]; firstUnreadSeq: number }>(`/v1/conversations/${long.id}/messages?limit=10&around=unread`);
    expect(around.items.map((item) => item.seq)).toContain(around.firstUnreadSeq);
    expect(around.firstUnreadSeq).toBeGreaterThanOrEqual(40);
  });
});

describe('shapes', () => {
  test('every conversation, message and draft of the demo has every field', async () => {
    const conversations = await demo.all<Conversation>('/v1/conversations?status=any', 100);
    expect(conversations.length).toBeGreaterThan(35);
    for (const one of conversations) {
      expect([
        one.contact.name,
        missing(CONVERSATION, one),
        missing(CONTACT_IN_CONVERSATION, one.contact),
        one.handoff ? missing(HANDOFF, one.handoff) : [],
      ]).toEqual([one.contact.name, [], [], []]);
      expect(['agent', 'human']).toContain(one.controller.kind);
      const { items } = await demo.get<{ items: Message[] }>(`/v1/conversations/${one.id}/messages?limit=100`);
      for (const item of items) expect([item.kind, item.text, missing(MESSAGE, item)]).toEqual([item.kind, item.text, []]);
      expect(oddities(items)).toEqual([]);
    }
    for (const status of ['pending', 'approved', 'rejected', 'superseded']) {
      for (const draft of await demo.all(`/v1/drafts?status=${status}`, 100)) expect(missing(DRAFT, draft)).toEqual([]);
    }
  });

  test('the description is of this API', async () => {
    const { body, status } = await demo.ask<{ openapi: string; paths: Record<string, unknown> }>('GET', '/v1/openapi.json');
    expect([status, body.openapi]).toEqual([200, expect.stringMatching(/^3\.1\./)]);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/v1/conversations', '/v1/conversations/{id}/assume', '/v1/drafts/{id}/approve', '/v1/chat/sessions', '/v1/events', '/healthz']),
    );
  });

  test('health, readiness and metrics answer without a token', async () => {
    expect((await demo.ask('GET', '/healthz')).status).toBe(200);
    expect((await demo.ask('GET', '/readyz')).status).toBe(200);
    const metrics = await demo.ask('GET', '/metrics');
    expect([metrics.status, metrics.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
    expect(metrics.text).toMatch(/^# HELP /m);
  });

  test('the agents are who they are said to be, and the chat goes to Nova', async () => {
    const { items } = await demo.get<{ items: { name: string; replyMode: string; active: boolean }[] }>('/v1/agents');
    expect(Object.fromEntries(items.map((agent) => [agent.name, agent.active ? agent.replyMode : 'inactive']))).toEqual({
      Nova: 'auto_send',
      Sol: 'auto_draft',
      Vega: 'controlled',
      'Old Iris': 'inactive',
    });
    expect((await demo.conversation(chat)).agent?.name).toBe('Nova');
    const people = await demo.get<{ items: { name: string }[] }>('/v1/operators');
    expect(people.items.map((person) => person.name.split(' ')[0])).toEqual(['Ana', 'Ben', 'Chloe']);
  });
});

describe('versions and keys', () => {
  test('a stale version changes nothing and shows what is', async () => {
    const before = await demo.conversation(chat);
    for (const what of ['assume', 'handoff', 'resume'] as const) {
      const answer = await demo.act(chat, what, {}, 'ana', { 'if-match': `"${before.version - 1}"` });
      refused(answer, 409, 'stale_version');
      expect((answer.body as unknown as { current: Conversation }).current.version).toBe(before.version);
    }
    refused(
      await demo.ask('PATCH', `/v1/conversations/${chat}`, { as: 'ana', body: { priority: 'high' }, headers: { 'if-match': '"1"' } }),
      409,
      'stale_version',
    );
    expect(await demo.conversation(chat)).toEqual(before);
    const changed = await demo.ask<Conversation>('PATCH', `/v1/conversations/${chat}`, {
      as: 'ana',
      body: { subject: 'Delivery' },
      headers: { 'if-match': `"${before.version}"` },
    });
    expect(changed.body.version).toBeGreaterThan(before.version);
  });

  test('fifty posts with one key at once are one message; another body with it is refused', async () => {
    const headers = { 'idempotency-key': 'one-and-only' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => demo.ask<Message>('POST', '/v1/chat/messages', { as: visitor.as, body: { text: 'Thanks!' }, headers })),
    );
    for (const answer of answers) expect([answer.status, answer.body]).toEqual([201, answers[0]!.body]);
    expect(answers[0]!.body.id).toMatch(UUID_V7);
    expect((await demo.messages(chat)).filter((item) => item.text === 'Thanks!')).toHaveLength(1);
    refused(await demo.ask('POST', '/v1/chat/messages', { as: visitor.as, body: { text: 'Other' }, headers }), 422, 'key_reused');
  });

  test('many stale writes at once are refused at once, and hold up nobody', async () => {
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 40 }, () => demo.act(chat, 'assume', {}, 'ana', { 'if-match': '"1"' })));
    expect(new Set(answers.map((answer) => answer.code))).toEqual(new Set(['stale_version']));
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  test('a bulk change is whole or nothing for each conversation, reports each, and can be undone', async () => {
    const ids = (await demo.all<Conversation>('/v1/conversations?channel=whatsapp', 100)).slice(0, 3).map((one) => one.id);
    const nowhere = '01943aa0-0000-7000-8000-000000000000';
    const look = () => Promise.all(ids.map((id) => demo.conversation(id)));
    const bulk = (set: Record<string, unknown>, more: string[] = []) =>
      demo.ask<{ operationId: string; results: { id: string; ok: boolean; code?: string }[] }>('POST', '/v1/conversations/bulk', {
        as: 'ana',
        body: { ids: [...ids, ...more], set },
      });
    const before = await look();
    const half = await bulk({ agentId: (await demo.agent('Vega')).id, assigneeId: nowhere });
    expect(half.body.results.map(({ ok, code }) => [ok, code])).toEqual(ids.map(() => [false, 'invalid']));
    expect(await look()).toEqual(before);
    const done = await bulk({ addTags: ['VIP'], status: 'closed', read: true }, [nowhere]);
    expect(done.body.results.filter((result) => !result.ok)).toEqual([{ id: nowhere, ok: false, code: 'not_found' }]);
    for (const one of await look()) expect([one.status, one.unread, one.tags.some((tag) => tag.name === 'VIP')]).toEqual(['closed', 0, true]);
    expect((await demo.ask('POST', `/v1/operations/${done.body.operationId}/undo`, { as: 'ana' })).status).toBe(200);
    const relevant = ({ status, tags, unread, agent, assignee }: Conversation) => ({ status, tags, unread, agent, assignee });
    expect((await look()).map(relevant)).toEqual(before.map(relevant));
    for (const id of ids) expect((await demo.messages(id)).map((item) => item.seq)).toEqual((await demo.messages(id)).map((_, index) => index + 1));
    expect((await demo.ask('POST', `/v1/operations/${done.body.operationId}/undo`, { as: 'ana' })).status).toBe(409);
  });

  test('a bulk change takes the filter of the pool, flags as JSON has them, and no field that it does not know', async () => {
    const bulk = (filter: Record<string, unknown>) =>
      demo.ask<{ operationId: string; results: { id: string; ok: boolean }[] }>('POST', '/v1/conversations/bulk', {
        as: 'ana',
        body: { filter, set: { addTags: ['VIP'] } },
      });
    refused(await bulk({ status: 'open', assignee: 'me' }), 422, 'invalid');
    const unread = (await demo.all<Conversation>('/v1/conversations?channel=email&unread=true', 100)).map((one) => one.id).toSorted();
    for (const flag of [true, 'true']) {
      const done = await bulk({ channel: 'email', unread: flag });
      expect(done.body.results.map(({ id, ok }) => (ok ? id : 'refused')).toSorted()).toEqual(unread);
      expect((await demo.ask('POST', `/v1/operations/${done.body.operationId}/undo`, { as: 'ana' })).status).toBe(200);
    }
  });
});

describe('a conversation that a person begins', () => {
  const begin = async (channel: string, to: Record<string, unknown>) => {
    const { items } = await demo.get<{ items: ChannelAccount[] }>('/v1/channel-accounts');
    return demo.ask<Conversation>('POST', '/v1/conversations', {
      as: 'ben',
      body: { channelAccountId: items.find((account) => account.channel === channel)!.id, text: 'Good morning', ...to },
    });
  };

  test('with a new address, from several desks at once, is with one contact; its answer arrives there, however the number was written', async () => {
    const begun = await Promise.all(
      ['+44 7700 900 471', '+447700900471', '0044 7700-900471', '+44 (7700) 900471'].map((phone) => begin('sms', { contact: { name: 'Nia Rowe', phone } })),
    );
    expect(begun.map((answer) => [answer.status, answer.body.contact?.phone])).toEqual(begun.map(() => [201, '+447700900471']));
    expect(new Set(begun.map((answer) => answer.body.contact.id)).size).toBe(1);
    expect(await demo.play({ channel: 'sms', from: '+447700900471', text: 'Good morning to you' })).toBe(200);
    expect((await demo.all<Conversation>(`/v1/conversations?contactId=${begun[0]!.body.contact.id}`, 10)).filter((one) => one.inboundCount === 1)).toHaveLength(
      1,
    );
  });

  test('needs a contact that there is, and an address on that channel', async () => {
    refused(await begin('email', { contactId: '01943aa0-0000-7000-8000-000000000000' }), 422, 'invalid');
    refused(await begin('email', { contact: { name: 'Nobody' } }), 422, 'channel_cannot_send');
    refused(await begin('sms', { contact: { handle: 'Nia' } }), 422, 'channel_cannot_send');
    refused(await begin('chat', { contact: { handle: 'Nia' } }), 422, 'channel_cannot_send');
  });
});
