/** Live updates, the visitor's side and the demo's own calls, as written: who hears what, in which order, and again after a break. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import { demoClient } from '../support/demo-client.ts';
import type { DemoClient, Who } from '../support/demo-client.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { missing, MESSAGE, VISITOR_MESSAGE } from '../support/contract-shapes.ts';
import { until } from '../support/pipeline.ts';
import { listenTo } from '../support/stream.ts';
import type { Heard, Listening } from '../support/stream.ts';

let running: RunningDemo;
let demo: DemoClient;
const open: Listening[] = [];

beforeAll(async () => {
  running = await startDemo({ pages: false });
  demo = demoClient(running.url);
  await demo.tune('Nova', { burstWaitMs: 0 });
});
afterAll(async () => {
  for (const stream of open) stream.close();
  await running?.stop();
});

async function listen(as: Who | { token: string }, after?: string, path = typeof as === 'string' ? '/v1/events' : '/v1/chat/events'): Promise<Listening> {
  const stream = await listenTo(demo.url + path, typeof as === 'string' ? await demo.token(as) : as.token, after);
  open.push(stream);
  return stream;
}
const durable = ({ heard }: Listening) => heard.filter((one) => one.id !== undefined);
const of = (id: string) => (one: Heard) => one.data['conversationId'] === id || one.data['id'] === id;

describe('a stream', () => {
  test.each<[string, string, string | undefined, number, string]>([
    ['the team’s without a token', '/v1/events', undefined, 401, 'unauthorized'],
    ['the team’s for a visitor', '/v1/events', 'visitor', 403, 'forbidden'],
    ['the chat’s without a token', '/v1/chat/events', undefined, 401, 'unauthorized'],
    ['the chat’s for an operator', '/v1/chat/events', 'ana', 403, 'forbidden'],
    ['with garbage', '/v1/events', 'garbage', 401, 'unauthorized'],
  ])('%s is refused', async (_, path, who, status, code) => {
    const as = who === 'ana' ? ('ana' as const) : who === 'visitor' ? (await demo.visitor()).as : who ? { token: who } : undefined;
    expect(await demo.ask('GET', path, as ? { as } : {})).toMatchObject({ status, code });
  });

  test('tells the team what happens, to each what is its own, and to others nothing', async () => {
    const [ana, ben, rita] = [await listen('ana'), await listen('ben'), await listen('rita')];
    const visitor = await demo.visitor();
    const own = await listen(visitor.as);
    const id = (await visitor.says('How long does delivery take?')).conversationId;
    await own.until((one) => one.event === 'message' && (one.data['author'] as { kind: string }).kind === 'agent', 'the answer');
    await demo.act(id, 'assume', {});
    await demo.act(id, 'notes', { text: 'CANARY in a note', mentions: [(await demo.get<{ id: string }>('/v1/me', 'ben')).id] });
    await demo.act(id, 'read', { seq: 1 });
    await demo.act(id, 'typing', { typing: true });
    await demo.ask('POST', '/v1/chat/typing', { as: visitor.as, body: { typing: true } });
    await demo.act(id, 'messages', { text: 'This is Ana.' });
    await own.until((one) => one.data['text'] === 'This is Ana.', 'the person’s message');
    expect((await demo.ask('POST', '/v1/chat/read', { as: visitor.as, body: {} })).status).toBe(204);
    for (const stream of [ana, ben])
      await stream.until(
        (one) => one.event === 'message' && one.data['text'] === 'This is Ana.' && (one.data['delivery'] as { status: string }).status === 'read',
        'that it was read',
      );

    const kinds = new Set(ana.heard.map((one) => one.event));
    for (const kind of ['conversation', 'message', 'contact', 'working', 'typing', 'read']) expect([kind, kinds.has(kind)]).toEqual([kind, true]);
    for (const one of ana.heard)
      expect([one.event, one.id === undefined]).toEqual([one.event, ['working', 'typing', 'presence', 'compose'].includes(one.event)]);
    for (const one of durable(ana).filter((event) => event.event === 'message')) expect(missing(MESSAGE, one.data)).toEqual([]);
    const views = ana.heard.filter((one) => one.event === 'conversation');
    expect(views.every((one) => !('unread' in one.data) && 'inboundCount' in one.data)).toBe(true);
    expect(ben.heard.filter((one) => one.event === 'read')).toEqual([]);
    expect(ben.heard.find((one) => one.event === 'notification')?.data).toMatchObject({ kind: 'mention', conversationId: id });
    expect(ana.heard.filter((one) => one.event === 'notification')).toEqual([]);
    // Parts before the whole, and both readers the same.
    const first = durable(ana).findIndex((one) => one.event === 'message' && of(id)(one));
    expect(durable(ana).findIndex((one) => one.event === 'conversation' && of(id)(one))).toBeGreaterThan(first);
    const shared = (stream: Listening) =>
      durable(stream)
        .filter((one) => !['read', 'notification'].includes(one.event))
        .map((one) => one.id);
    expect(shared(ben)).toEqual(shared(ana));

    expect(rita.heard).toEqual([]);
    const told = JSON.stringify(own.heard);
    expect(told).not.toMatch(/CANARY|"seq"|"decision"|"because"|search_knowledge|"kind":"note"/);
    for (const one of own.heard.filter((event) => event.event === 'message')) expect(missing(VISITOR_MESSAGE, one.data)).toEqual([]);
    const seen = await demo.ask('GET', '/v1/chat/messages', { as: visitor.as });
    const { items, readAt } = seen.body as { items: { text: string; createdAt: string }[]; readAt: string | null };
    expect(readAt).toBe(items.find(({ text }) => text === 'This is Ana.')?.createdAt);
    expect(seen.text).not.toMatch(/CANARY|"seq"|"kind":"(note|system|skill)"/);
  });

  test('goes on where it was: all that was missed, in order, once; and resets where it cannot', async () => {
    const visitor = await demo.visitor();
    const [ana, own] = [await listen('ana'), await listen(visitor.as)];
    await visitor.says('Are you open on Saturday?');
    await own.until((one) => one.event === 'message' && (one.data['author'] as { kind: string }).kind === 'agent', 'the answer');
    const idle = await visitor.says('ok 👍');
    await ana.until((one) => one.event === 'message' && one.data['code'] === 'stayed_quiet' && of(idle.conversationId)(one), 'that it stayed quiet');
    await ana.until(
      (one) => one.event === 'conversation' && of(idle.conversationId)(one) && one.data['waitingSince'] === null && (one.data['inboundCount'] as number) === 2,
      'the settled conversation',
    );
    for (const [stream, as] of [
      [ana, 'ana'],
      [own, visitor.as],
    ] as const) {
      const [from, ...rest] = durable(stream);
      const again = await listen(as, from!.id);
      await again.until((one) => one.id === rest.at(-1)!.id, 'the last of them');
      expect(
        durable(again)
          .slice(0, rest.length)
          .map((one) => [one.id, one.event]),
      ).toEqual(rest.map((one) => [one.id, one.event]));
      const byQuery = await listen(as, undefined, `${typeof as === 'string' ? '/v1/events' : '/v1/chat/events'}?lastEventId=${from!.id}`);
      await byQuery.until((one) => one.id === rest.at(-1)!.id, 'the last of them, by query');
      for (const lost of ['garbage', '0-0-0', from!.id!.replace(/^[^-]+/, 'f'.repeat(32))])
        await (await listen(as, lost)).until((one) => one.event === 'reset', `a reset after ${lost}`);
    }
  });

  test('ends soon after who reads it may not any more', async () => {
    const [visitor, chloe] = [await demo.visitor(), await demo.get<{ id: string }>('/v1/me', 'chloe')];
    const streams = await Promise.all(
      [
        ['/v1/chat/events', visitor.as.token],
        ['/v1/events', await demo.token('chloe')],
      ].map(([path, token]) => fetch(demo.url + path, { headers: { authorization: `Bearer ${token}` } })),
    );
    expect((await demo.ask('DELETE', '/v1/chat/sessions', { as: visitor.as })).status).toBe(204);
    expect((await demo.ask('PATCH', `/v1/operators/${chloe.id}`, { as: 'ana', body: { active: false } })).status).toBe(200);
    await Promise.all(streams.map((stream) => stream.text()));
    await demo.ask('PATCH', `/v1/operators/${chloe.id}`, { as: 'ana', body: { active: true } });
  }, 10_000);
});

describe('the two companies', () => {
  test('know nothing of each other', async () => {
    const lists = [
      '/v1/conversations?status=any',
      '/v1/contacts',
      '/v1/agents',
      '/v1/articles',
      '/v1/tags',
      '/v1/routes',
      '/v1/departments',
      '/v1/channel-accounts',
      '/v1/drafts',
      '/v1/operators',
    ];
    const sides = [
      ['ana', 'rita'],
      ['rita', 'ana'],
    ] as const;
    for (const [owner, stranger] of sides) {
      for (const list of lists) {
        const { items } = await demo.get<{ items: { id: string }[] }>(`${list}${list.includes('?') ? '&' : '?'}limit=3`, owner);
        expect([owner, list, items.length > 0]).toEqual([owner, list, true]);
        for (const { id } of items) {
          const path = `${list.split('?')[0]}/${id}`;
          expect([path, (await demo.ask('GET', path, { as: stranger })).code]).toEqual([path, 'not_found']);
          expect([path, (await demo.ask('PATCH', path, { as: stranger, body: {} })).status]).toEqual([
            path,
            path.includes('/drafts/') ? 405 : path.includes('/operators/') ? 422 : 404,
          ]);
        }
      }
      const [one] = (await demo.get<{ items: Conversation[] }>('/v1/conversations?limit=1', owner)).items;
      for (const what of [
        'assume',
        'handoff',
        'resume',
        'join',
        'leave',
        'messages',
        'notes',
        'read',
        'unread',
        'typing',
        'timeline',
        'transfer',
        'transfer-to-ai',
      ]) {
        const body = { text: 'x', seq: 1, typing: true, kind: 'custom', operatorId: one!.id, agentId: one!.id } as Record<string, unknown>;
        const takes: Record<string, string[]> = {
          messages: ['text'],
          notes: ['text'],
          read: ['seq'],
          unread: ['seq'],
          typing: ['typing'],
          timeline: ['text', 'kind'],
          transfer: ['operatorId'],
          'transfer-to-ai': ['agentId'],
        };
        const answer = await demo.act(one!.id, what, Object.fromEntries((takes[what] ?? []).map((key) => [key, body[key]])), stranger);
        expect([what, [404, 422].includes(answer.status)]).toEqual([what, true]);
      }
      const found = await demo.ask('GET', `/v1/conversations?status=any&q=${encodeURIComponent(one!.contact.name)}`, { as: stranger });
      expect(found.text).not.toContain(one!.id);
    }
  });
});

describe('the demo', () => {
  test('puts its seed back while streams are open: they begin anew and go on', async () => {
    const seeded = async () =>
      (await demo.get<{ items: Conversation[] }>('/v1/conversations?status=any&limit=100')).items.map((one) => one.contact.name).toSorted();
    expect((await demo.ask('POST', '/demo/reset')).status).toBe(200);
    const fresh = await seeded();
    const visitor = await demo.visitor();
    const [ana, own] = [await listen('ana'), await listen(visitor.as)];
    await visitor.says('Hello');
    expect(await demo.play({ channel: 'sms', from: '+447700903001', text: 'Hello' })).toBe(200);
    await until(async () => (await seeded()).length === fresh.length + 2, 'what was played');
    expect((await demo.ask('POST', '/demo/reset')).status).toBe(200);
    for (const stream of [ana, own]) await stream.until((one) => one.event === 'reset', 'a reset');
    expect(await seeded()).toEqual(fresh);
    expect((await demo.ask('GET', '/v1/chat/messages', { as: visitor.as })).status).toBe(401);
    const next = await demo.visitor();
    const said = await next.says('Are you open on Sunday?');
    await ana.until((one) => one.event === 'message' && one.data['id'] === said.id, 'what comes after');
    await demo.settled(said.conversationId);
  });

  test('puts it back amid customers who write: nobody is told of a fault', async () => {
    const enough = new AbortController();
    const statuses = new Set<number>();
    const customer = async () => {
      while (!enough.signal.aborted) {
        const session = await demo.ask<{ token: string }>('POST', '/v1/chat/sessions', { body: { workspace: 'demo' } });
        statuses.add(session.status);
        const as = { token: session.body.token ?? 'none' };
        for (const text of ['How long does delivery take?', 'thanks', 'I want a human'])
          statuses.add((await demo.ask('POST', '/v1/chat/messages', { as, body: { text } })).status);
        statuses.add((await demo.ask('POST', '/demo/inbound', { body: { channel: 'sms', from: '+447700903002', text: 'Hello?' } })).status);
      }
    };
    const customers = Promise.all([customer(), customer(), customer()]);
    for (let round = 0; round < 4; round += 1) {
      const resets = await Promise.all([demo.ask('POST', '/demo/reset'), demo.ask('POST', '/demo/reset')]);
      expect(resets.map((reset) => reset.status)).toEqual([200, 200]);
    }
    enough.abort();
    await customers;
    expect([...statuses].filter((status) => status >= 500)).toEqual([]);
    expect((await demo.ask('POST', '/demo/reset')).status).toBe(200);
  });
});
