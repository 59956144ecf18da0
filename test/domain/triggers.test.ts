import { describe, expect, it } from 'vitest';
import type { BusinessHours } from '../../server/contract/settings.ts';
import { isOpen, opensNext, timeInWords } from '../../server/domain/hours.ts';
import { firedTrigger, targetOf } from '../../server/domain/triggers.ts';
import type { Signals, TriggerRule } from '../../server/domain/triggers.ts';

const rule = (kind: TriggerRule['kind'], config: TriggerRule['config'] = {}, more: Partial<TriggerRule> = {}): TriggerRule => ({
  id: kind,
  kind,
  config,
  agentId: null,
  departmentId: null,
  routeId: null,
  priority: null,
  ...more,
});
const calm: Signals = {
  texts: ['Hello there'],
  channel: 'chat',
  asksForHuman: false,
  frustration: 0,
  intent: null,
  tags: [],
  attributes: {},
  fallbackCount: 0,
};
const fired = (rules: TriggerRule[], signals: Partial<Signals> = {}, reserved: string[] = []) =>
  firedTrigger(rules, { id: 'nova', reservedIntents: reserved, fallbackLimit: 2 }, { ...calm, ...signals });

describe('triggers', () => {
  it('say where goes what no message hands over, the first of its kind that holds here, and are set off by none', () => {
    const rules = [
      rule('failure', {}, { agentId: 'sol', departmentId: 'a' }),
      rule('failure', { channels: ['email'] }, { departmentId: 'b' }),
      rule('failure', {}, { departmentId: 'c', priority: 'urgent' }),
      rule('agent', {}, { routeId: 'call' }),
    ];
    expect(targetOf(rules, 'failure', 'nova', 'chat')).toMatchObject({ departmentId: 'c', priority: 'urgent' });
    expect(targetOf(rules, 'failure', 'nova', 'email')?.departmentId).toBe('b');
    expect(targetOf(rules, 'agent', 'nova', 'chat')?.routeId).toBe('call');
    expect([targetOf(rules, 'playbook', 'nova', 'chat'), targetOf([rule('keyword')], 'keyword', 'nova', 'chat')]).toEqual([undefined, undefined]);
    expect(fired(rules)).toBeNull();
  });

  it('stay silent on a calm message', () => {
    expect(
      fired([
        rule('asks_for_person'),
        rule('fallback_loop'),
        rule('keyword', { keywords: ['lawyer'] }),
        rule('frustration'),
        rule('reserved_intent', { intents: ['legal'] }),
        rule('tag', { tags: ['vip'] }),
        rule('attribute', { attribute: 'plan' }),
      ]),
    ).toBeNull();
  });

  it.each<[TriggerRule, Partial<Signals>, string]>([
    [rule('asks_for_person'), { asksForHuman: true }, 'asked for a person'],
    [rule('fallback_loop'), { fallbackCount: 2 }, 'no answer 2 times in a row'],
    [rule('fallback_loop', { limit: 3 }), { fallbackCount: 3 }, 'no answer 3 times in a row'],
    [rule('frustration'), { frustration: 0.7 }, 'is frustrated'],
    [rule('frustration', { threshold: 0.3 }), { frustration: 0.3 }, 'is frustrated'],
    [rule('reserved_intent', { intents: ['legal'] }), { intent: 'legal' }, 'people answer “legal”'],
    [rule('tag', { tags: ['vip'] }), { tags: ['vip'] }, 'is tagged vip'],
    [rule('attribute', { attribute: 'vip' }), { attributes: { vip: true } }, 'vip is true'],
    [rule('attribute', { attribute: 'plan', value: 'gold' }), { attributes: { plan: 'gold' } }, 'plan is gold'],
    [rule('attribute', { attribute: 'seats', value: '3' }), { attributes: { seats: 3 } }, 'seats is 3'],
  ])('%o fires', (one, signals, reason) => expect(fired([one], signals)).toMatchObject({ trigger: one.kind, reason }));

  it.each<[TriggerRule, Partial<Signals>]>([
    [rule('fallback_loop'), { fallbackCount: 1 }],
    [rule('fallback_loop', { limit: 3 }), { fallbackCount: 2 }],
    [rule('frustration'), { frustration: 0.69 }],
    [rule('attribute', { attribute: 'vip' }), { attributes: { vip: false } }],
    [rule('attribute', { attribute: 'vip' }), { attributes: { vip: null } }],
    [rule('attribute', { attribute: 'plan', value: 'gold' }), { attributes: { plan: 'silver' } }],
    [rule('attribute'), { attributes: { vip: true } }],
  ])('%o does not fire at %o', (one, signals) => expect(fired([one], signals)).toBeNull());

  it.each([
    ['lawyer', 'I will call my LAWYER!'],
    ['money back', 'I want my money   back.'],
    ['Anwalt', 'anwalt'],
    ['محامي', 'سأتصل بـ محامي'],
    ['ﬁre', 'fire'],
    ['c++', 'c'],
    ['Ｌｅｇａｌ', 'legal'],
    ['refund', 'about my refunds'],
    ['محامي', 'أريد المحامي'],
    ['退款', '我要退款，谢谢'],
    ['🔥', 'help 🔥'],
  ])('finds the keyword %j in %j', (keyword, text) =>
    expect(fired([rule('keyword', { keywords: [keyword] })], { texts: ['x', text] })).toMatchObject({ reason: `mentioned “${keyword}”` }));

  it.each([
    ['law', 'my lawyer'],
    ['back', 'feedback'],
    [' ', 'a b'],
    ['a b', 'a'],
  ])('does not find %j in %j', (keyword, text) => expect(fired([rule('keyword', { keywords: [keyword] })], { texts: [text] })).toBeNull());

  it('take the first that fires, in the order of the team, with what it asks for', () => {
    const found = fired(
      [rule('frustration', {}, { routeId: 'call' }), rule('asks_for_person', {}, { departmentId: 'care', routeId: 'sales', priority: 'urgent' })],
      { asksForHuman: true },
    );
    expect(found).toMatchObject({
      id: 'asks_for_person',
      trigger: 'asks_for_person',
      reason: 'asked for a person',
      found: null,
      routeId: 'sales',
      departmentId: 'care',
      priority: 'urgent',
    });
  });

  it('of another channel do not count', () => {
    expect(fired([rule('keyword', { keywords: ['lawyer'], channels: ['email'] })], { texts: ['my lawyer'] })).toBeNull();
    expect(fired([rule('keyword', { keywords: ['lawyer'], channels: ['email'] })], { texts: ['my lawyer'], channel: 'email' })).not.toBeNull();
  });

  it('of another agent do not count', () => {
    expect(fired([rule('asks_for_person', {}, { agentId: 'sol' })], { asksForHuman: true })).toBeNull();
    expect(fired([rule('asks_for_person', {}, { agentId: 'nova' })], { asksForHuman: true })).not.toBeNull();
  });

  it('include the intents that the agent never answers', () => {
    expect(fired([], { intent: 'legal' }, ['legal'])).toMatchObject({ trigger: 'reserved_intent' });
    expect(fired([], { intent: 'question' }, ['legal'])).toBeNull();
  });
});

describe('business hours', () => {
  const hours: BusinessHours = {
    timeZone: 'Europe/Berlin',
    week: [
      { day: 1, from: '09:00', to: '17:00' },
      { day: 5, from: '22:00', to: '02:00' },
    ],
    holidays: ['2026-12-28'],
  };

  it.each([
    ['2026-11-23T07:59:59Z', false, '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T08:00:00Z', true, null],
    ['2026-11-23T16:00:00Z', false, '2026-11-27T21:00:00.000Z'],
    ['2026-11-28T00:30:00Z', true, null],
    ['2026-11-28T01:00:00Z', false, '2026-11-30T08:00:00.000Z'],
    // A holiday, and summer time, which began the day before.
    ['2026-12-28T09:00:00Z', false, '2027-01-01T21:00:00.000Z'],
    ['2026-03-28T20:00:00Z', false, '2026-03-30T07:00:00.000Z'],
  ])('at %s: %s, next %s', (at, open, next) => {
    expect(isOpen(hours, new Date(at))).toBe(open);
    if (next) expect(opensNext(hours, new Date(at))?.toISOString()).toBe(next);
  });

  it('of none are always, of none in the week never', () => {
    expect(isOpen(null, new Date())).toBe(true);
    const never = { timeZone: 'UTC', week: [], holidays: [] };
    expect([isOpen(never, new Date()), opensNext(never, new Date())]).toEqual([false, null]);
  });

  it('are told in the customer’s language, with the date where that is far off', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    expect(timeInWords('de', new Date('2026-11-23T08:00:00Z'), now, 'Europe/Berlin')).toMatch(/^Montag.*09:00 (MEZ|GMT\+1)$/);
    expect(timeInWords('en', new Date('2026-12-23T08:00:00Z'), now, 'UTC')).toMatch(/Wednesday.*23.*8:00/);
    expect(timeInWords('nonsense-tag-!', new Date('2026-11-23T08:00:00Z'), now, 'UTC')).toMatch(/Monday/);
  });
});
