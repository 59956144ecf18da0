import { describe, expect, it } from 'vitest';
import { hasKeyword } from '../../server/domain/keywords.ts';
import { inScope, raisePriority, routeBy } from '../../server/domain/routing.ts';
import type { Topic } from '../../server/domain/routing.ts';

const topic: Topic = { channel: 'email', intent: 'billing', priority: 'normal', language: 'pt-BR', texts: ['My invoice', 'is wrong'] };
const rule = (
  name: string,
  conditions: Parameters<typeof routeBy>[0][number]['conditions'],
  actions: Parameters<typeof routeBy>[0][number]['actions'] = { tags: [name] },
) => ({ id: name, name, conditions, actions });

describe('routing', () => {
  it('applies a rule without conditions, and one whose conditions all hold', () => {
    const { by, settled } = routeBy(
      [
        rule('always', {}),
        rule('empty', { channels: [], intents: [] }),
        rule('all', { channels: ['email'], intents: ['billing'], priorities: ['normal'], languages: ['pt'], keywords: ['INVOICE'] }),
      ],
      topic,
    );
    expect(by.map(({ name }) => name)).toEqual(['always', 'empty', 'all']);
    expect(settled).toBe(true);
  });

  it.each([
    [{ channels: ['chat' as const] }],
    [{ intents: ['praise'] }],
    [{ priorities: ['urgent' as const] }],
    [{ languages: ['es'] }],
    [{ keywords: ['refund'] }],
    [{ channels: ['email' as const], keywords: ['refund'] }],
  ])('does not apply one of which a condition fails: %o', (conditions) => {
    expect(routeBy([rule('no', conditions)], topic)).toEqual({ tags: [], by: [], fields: [], settled: true });
  });

  it('asks for what it does not know in vain', () => {
    const unknown = { ...topic, intent: null, language: null, texts: [] };
    expect(routeBy([rule('i', { intents: ['billing'] }), rule('l', { languages: ['pt'] }), rule('k', { keywords: ['invoice'] })], unknown).by).toEqual([]);
  });

  it('lets the first of two rules win for what both set, and gathers the tags of all', () => {
    const routed = routeBy(
      [
        rule('a', {}, { departmentId: 'care', tags: ['one'] }),
        rule('b', {}, { departmentId: 'sales', assigneeId: 'ana', priority: 'high', agentId: 'sol', tags: ['two'] }),
      ],
      topic,
    );
    expect(routed).toEqual({
      departmentId: 'care',
      assigneeId: 'ana',
      priority: 'high',
      agentId: 'sol',
      tags: ['one', 'two'],
      by: [
        { id: 'a', name: 'a' },
        { id: 'b', name: 'b' },
      ],
      fields: ['department', 'agent', 'assignee', 'priority'],
      settled: true,
    });
  });

  it('decides nothing that an earlier rule might decide by the intent, and comes to the same once it is known', () => {
    const rules = [
      rule('complaints', { intents: ['complaint'] }, { departmentId: 'care', tags: ['upset'] }),
      rule('mail', { channels: ['email'] }, { departmentId: 'mail', assign: 'round_robin', priority: 'high' }),
      rule('late', {}, { agentId: 'sol' }),
    ];
    const early = routeBy(rules, { ...topic, intent: undefined });
    expect(early).toMatchObject({ priority: 'high', agentId: 'sol', settled: false, fields: ['priority', 'agent'] });
    expect(early.departmentId).toBeUndefined();
    expect(early.assign).toBeUndefined();
    const before = { rules: early.by.map(({ id }) => id), fields: early.fields };
    expect(routeBy(rules, { ...topic, intent: 'complaint' }, before)).toEqual({
      departmentId: 'care',
      assign: 'round_robin',
      tags: ['upset'],
      by: [{ id: 'complaints', name: 'complaints' }],
      fields: ['department', 'assignee'],
      settled: true,
    });
    expect(routeBy(rules, { ...topic, intent: 'praise' }, before)).toEqual({
      departmentId: 'mail',
      assign: 'round_robin',
      tags: [],
      by: [],
      fields: ['department', 'assignee'],
      settled: true,
    });
    // One of which the words fail already waits for nothing.
    expect(
      routeBy([rule('never', { intents: ['complaint'], channels: ['sms'] }, { departmentId: 'care' }), rules[1]!], { ...topic, intent: undefined }),
    ).toMatchObject({ departmentId: 'mail', settled: true });
  });

  it.each([
    ['My tap is leaking', 'leak', true],
    ['I will start tomorrow', 'art', false],
    ['RÜCKGABE bitte', 'rückgabe', true],
    ['a credit-card refund', 'credit card', true],
    ['我要退款，谢谢', '退款', true],
    ['please help 🔥🔥', '🔥', true],
    ['nothing here', '🔥', false],
    ['Ｒｅｆｕｎｄ please', 'refund', true],
    ['no refunds?', 'refund', true],
    ['cost: 5€', '€', true],
    ['my lawyer', 'law', false],
    ['by law.', 'law', true],
    ['I like cats', 'c++', false],
    ['أريد المحامي الآن', 'محامي', true],
    ['والمحامي', 'محامي', true],
    ['환불해 주세요', '환불', true],
    ['a b', ' ', false],
  ])('in “%s” finds “%s”: %s', (text, keyword, found) => expect(hasKeyword(text, keyword)).toBe(found));

  it('raises a priority and never lowers one', () => {
    const order = ['low', 'normal', 'high', 'urgent'] as const;
    for (const [i, now] of order.entries()) for (const [j, seen] of order.entries()) expect(raisePriority(now, seen)).toBe(order[Math.max(i, j)]);
  });
});

describe('the scope of a guidance card', () => {
  const here = { agentId: 'nova', channel: 'chat' as const, tags: ['vip'], departmentId: 'care', identified: true };
  it.each([
    [{}, true],
    [{ agentIds: [] }, true],
    [{ agentIds: ['nova'] }, true],
    [{ agentIds: ['sol'] }, false],
    [{ channels: ['chat' as const] }, true],
    [{ channels: ['sms' as const] }, false],
    [{ tags: ['vip', 'x'] }, true],
    [{ tags: ['x'] }, false],
    [{ departmentIds: ['care'] }, true],
    [{ departmentIds: ['sales'] }, false],
    [{ audience: 'everyone' as const }, true],
    [{ audience: 'identified' as const }, true],
    [{ audience: 'anonymous' as const }, false],
    [{ agentIds: ['nova'], channels: ['sms' as const] }, false],
  ])('%o holds: %s', (scope, holds) => expect(inScope(scope, here)).toBe(holds));
  it('of a department holds nowhere without one', () => {
    expect(inScope({ departmentIds: ['care'] }, { ...here, departmentId: null })).toBe(false);
    expect(inScope({ audience: 'anonymous' }, { ...here, identified: false })).toBe(true);
  });
});
