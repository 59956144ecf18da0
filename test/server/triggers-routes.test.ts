/** Handing off to people: which trigger does it, and which routes are offered when. */
import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { TestedTriggers } from '../../server/contract/trigger.ts';
import { useHandoffs } from '../support/handoffs.ts';
import { until } from '../support/pipeline.ts';

const { channels, call, post, patch, put, paths, lastTo, handedOff } = useHandoffs();
const weekdayIn = (days: number) => new Date(Date.now() + days * 86_400_000).getUTCDay() || 7;
/** Nobody is there now; somebody is the day after tomorrow. */
const later = () => ({ timeZone: 'UTC', week: [{ day: weekdayIn(2), from: '09:00', to: '17:00' }] });

it('marks what is wrong with routes, hours and triggers at its field, and keeps the rest as it was', async () => {
  const { departments, routes } = channels.world;
  expect(paths(await patch(`/v1/routes/${routes.sales}`, { fields: [{ name: 'a', kind: 'text' }] }))).toEqual(['fields.0.label']);
  expect(
    paths(
      await patch(`/v1/routes/${routes.sales}`, {
        fields: [
          { name: 'a', kind: 'phone' },
          { name: 'a', kind: 'time' },
        ],
      }),
    ),
  ).toEqual(['fields']);
  expect(paths(await patch(`/v1/departments/${departments.care}`, { hours: { timeZone: 'Mars/Olympus', week: [] } }))).toEqual(['hours.timeZone']);
  expect(paths(await patch(`/v1/departments/${departments.care}`, { hours: { timeZone: 'UTC', week: [{ day: 1, from: '9', to: '17:00' }] } }))).toEqual([
    'hours.week.0.from',
  ]);
  expect(paths(await patch('/v1/workspace', { hours: { timeZone: 'UTC', week: [{ day: 1, from: '09:00', to: '09:00' }] } }))).toEqual(['hours.week.0.to']);
  expect(paths(await post('/v1/triggers', { kind: 'keyword', config: { keywords: [''] } }))).toEqual(['config.keywords.0']);
  for (const [kind, field] of [
    ['keyword', 'keywords'],
    ['reserved_intent', 'intents'],
    ['tag', 'tags'],
    ['attribute', 'attribute'],
  ] as const) {
    expect(paths(await post('/v1/triggers', { kind, config: field === 'attribute' ? { attribute: '' } : {} }))).toEqual([`config.${field}`]);
  }
  expect((await call<{ fields: unknown[]; outsideHours: string }>('GET', `/v1/routes/${routes.sales}`)).body).toMatchObject({
    fields: [],
    outsideHours: 'show',
  });
});

describe('a trigger tried out', () => {
  const test = (body: Record<string, unknown>) => post<TestedTriggers>('/v1/triggers/test', body);

  it('names what fires and why, what would have after it, and stores nothing', async () => {
    const { agents, departments, routes } = channels.world;
    const before = await channels.api.db.sql`select (select count(*) from message) + (select count(*) from event) + (select count(*) from trigger) as n`;
    const { body } = await test({
      text: 'ABSOLUTELY terrible!! Give me a real person, or my lawyers will write to you',
      agentId: agents.nova,
      tags: ['vip'],
      triggers: [
        { kind: 'tag', config: { tags: ['vip'] }, active: false },
        { kind: 'keyword', config: { keywords: ['court'] } },
        { kind: 'keyword', config: { keywords: ['lawyer'] }, departmentId: departments.care, routeId: routes.sales, priority: 'urgent' },
        { kind: 'asks_for_person' },
        { kind: 'asks_for_person', agentId: agents.sol },
        { kind: 'frustration', config: { threshold: 0.2, channels: ['email'] } },
      ],
    });
    expect(body.fires).toEqual({
      id: null,
      place: 1,
      trigger: 'keyword',
      reason: 'mentioned “lawyer”',
      found: 'lawyer',
      department: { id: departments.care, name: 'Care' },
      route: { id: routes.sales, name: 'The sales team' },
      priority: 'urgent',
    });
    expect(body.others.map(({ trigger, place }) => [trigger, place])).toEqual([['asks_for_person', 2]]);
    expect(body.detected).toMatchObject({ asksForPerson: true, language: 'en', builtin: true });
    expect(body.detected.frustration).toBeGreaterThan(0.2);
    expect(await channels.api.db.sql`select (select count(*) from message) + (select count(*) from event) + (select count(*) from trigger) as n`).toEqual(
      before,
    );
    await put(`/v1/routes/${routes.sales}`, {
      labels: [
        { language: 'de', text: 'Der Vertrieb' },
        { language: 'pt', text: 'A equipa' },
      ],
      fields: [
        { name: 'phone', kind: 'phone' },
        { name: 'about', label: 'What about?', labels: [{ language: 'de-AT', text: 'Worum geht es?' }] },
      ],
    });
    const german = (
      await test({ text: 'Ich möchte mit einem Menschen sprechen', agentId: agents.nova, triggers: [{ kind: 'asks_for_person', routeId: routes.sales }] })
    ).body.customer;
    expect(german).toMatchObject({
      language: 'de',
      text: expect.stringMatching(/^Wir geben Sie an einen Menschen weiter/),
      routes: [
        { label: 'A call', chosen: false },
        { label: 'Der Vertrieb', chosen: true, asks: ['Unter welcher Telefonnummer erreichen wir Sie?', 'Worum geht es?'] },
      ],
    });
    expect((await test({ text: 'Hello there', agentId: agents.nova, triggers: [] })).body.customer).toBeNull();
    await put(`/v1/routes/${routes.sales}`, { labels: [], fields: [] });
  });

  it('takes those that are saved, what is known of the contact, and intents by their examples; operators may ask', async () => {
    const { agents } = channels.world;
    const { sql } = channels.api.db;
    await post('/v1/intents', {
      name: 'warranty',
      label: 'Warranty',
      description: '',
      examples: ['the pump stopped after three weeks', '보증 기간이 궁금해요'],
    });
    await put(`/v1/agents/${agents.sol}`, { reservedIntents: ['warranty'] });
    await channels.tell('sms', { from: '+49170300001', text: 'Hello' });
    const { conversation } = await channels.thread('sms', '+49170300001');
    await sql`update contact set attributes = ${sql.json({ plan: 'gold' })} where id = ${conversation.contact.id}`;
    const { body: made } = await post<{ id: string }>('/v1/triggers', { kind: 'attribute', config: { attribute: 'plan', value: 'gold' }, position: 9 });
    const asked = await call<TestedTriggers>('POST', '/v1/triggers/test', {
      token: channels.ben,
      body: { text: 'My pump stopped working after three weeks', agentId: agents.sol, contactId: conversation.contact.id },
    });
    expect(asked.body).toMatchObject({
      fires: { id: made.id, trigger: 'attribute', found: 'gold' },
      others: [{ id: null, place: null, trigger: 'reserved_intent', found: 'warranty' }],
      detected: { intent: 'warranty' },
    });
    expect((await test({ text: '보증 기간이 궁금합니다' })).body).toMatchObject({ fires: null, others: [], detected: { intent: 'warranty', language: 'ko' } });
    expect((await test({ text: 'What?', fallbackCount: 2 })).body.fires).toMatchObject({ trigger: 'fallback_loop', found: '2' });
    expect(paths(await test({ text: 'x', agentId: made.id }))).toEqual(['agentId']);
    const list = async () => (await call<{ items: { id: string }[] }>('GET', '/v1/triggers')).body.items.map(({ id }) => id);
    const ids = (await list()).toReversed();
    expect((await post('/v1/triggers/order', { ids })).status).toBe(204);
    expect(await list()).toEqual(ids);
    expect((await call('POST', '/v1/triggers/order', { token: channels.ben, body: { ids } })).status).toBe(403);
    expect((await call('DELETE', `/v1/triggers/${made.id}`)).status).toBe(204);
  });
});

describe('outside business hours', () => {
  it('a route says when it opens, another is hidden, a third is offered; the customer is told when people are back, in its language', async () => {
    const { departments, routes } = channels.world;
    await post('/v1/triggers', { kind: 'keyword', config: { keywords: ['Anwalt', 'محام'] }, departmentId: departments.care, priority: 'urgent', position: -1 });
    const { body: offered } = await post<{ id: string }>('/v1/routes', { label: 'Write to us', outsideHours: 'offer', position: 5 });
    await put(`/v1/departments/${departments.care}`, { hours: later() });
    await put(`/v1/routes/${routes.sales}`, { departmentId: departments.care, outsideHours: 'hide' });
    const from = '+49170300002';
    await channels.tell('whatsapp', { from, text: 'Ich möchte bitte wissen, warum meine Bestellung nicht kommt. Sonst schreibt Ihnen mein Anwalt.' });
    const conversation = await handedOff('whatsapp', from);
    expect(conversation).toMatchObject({ priority: 'urgent', department: { name: 'Care' }, handoff: { trigger: 'keyword', reason: 'mentioned “Anwalt”' } });
    const line = (await channels.call<{ items: Message[] }>('GET', `/v1/conversations/${conversation.id}/messages?limit=50`)).body.items.find(
      ({ code }) => code === 'handed_off',
    );
    expect(line?.data).toMatchObject({ trigger: 'keyword', found: 'Anwalt' });
    const day = new Intl.DateTimeFormat('de', { weekday: 'long', timeZone: 'UTC' }).format(Date.now() + 2 * 86_400_000);
    const item = await lastTo('whatsapp', from, /Wir geben Sie an einen Menschen weiter/);
    expect(item.text).toMatch(new RegExp(`Wir sind wieder da: ${day}.* 09:00 UTC`));
    expect(item.choiceStyle).toBe('list');
    expect(item.choices?.map(({ title }) => title)).toEqual(['A call', 'Write to us']);
    await channels.tell('sms', { from, text: 'أريد المحامي الآن، هذا غير مقبول' });
    const inArabic = await lastTo('sms', from, /سنحوّلك/);
    expect(inArabic.text).toMatch(/نعود إليكم: .+\n1\. A call \(.+\)\n2\. Write to us$/);
    const told = await until(async () => {
      const { body } = await call<{ items: { kind: string; conversationId: string }[] }>('GET', '/v1/notifications', { token: channels.ben });
      return body.items.find(({ kind, conversationId }) => kind === 'handoff' && conversationId === conversation.id);
    }, 'the notification');
    expect(told).toBeDefined();
    await put(`/v1/departments/${departments.care}`, { hours: null });
    await put(`/v1/routes/${routes.sales}`, { departmentId: null, outsideHours: 'show' });
    await call('DELETE', `/v1/routes/${offered.id}`);
  });
});

it('a host’s automation hands off with an API key that may, and with no other', async () => {
  const from = '+49170300005';
  await channels.tell('sms', { from, text: 'How long does delivery take?' });
  const { conversation } = await channels.thread('sms', from);
  const keyFor = async (scopes: string[]) => (await post<{ key: string }>('/v1/api-keys', { name: 'CRM', scopes })).body.key;
  const [may, mayNot] = [await keyFor(['handoffs:write']), await keyFor(['conversations:read'])];
  expect((await call('POST', `/v1/conversations/${conversation.id}/handoff`, { token: mayNot, body: {} })).status).toBe(403);
  const done = await call<Conversation>('POST', `/v1/conversations/${conversation.id}/handoff`, {
    token: may,
    body: { reason: 'The invoice is overdue', departmentId: channels.world.departments.care },
  });
  expect(done.body.handoff).toMatchObject({ trigger: 'automation', reason: 'The invoice is overdue', by: { kind: 'system', name: 'CRM' } });
});
