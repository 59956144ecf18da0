import { describe, expect, it } from 'vitest';
import { inScope, raisePriority, routeBy } from '../../server/domain/routing.ts';
import type { Topic } from '../../server/domain/routing.ts';

const topic: Topic = { channel: 'email', intent: 'billing', priority: 'normal', language: 'pt-BR', texts: ['My invoice', 'is wrong'] };
const rule = (name: string, conditions: Parameters<typeof routeBy>[0][number]['conditions'], actions: Parameters<typeof routeBy>[0][number]['actions'] = { tags: [name] }) => ({ name, conditions, actions });

describe('routing', () => {
  it('applies a rule without conditions, and one whose conditions all hold', () => {
    const { by } = routeBy([
      rule('always', {}), rule('empty', { channels: [], intents: [] }), rule('all', { channels: ['email'], intents: ['billing'], priorities: ['normal'], languages: ['pt'], keywords: ['INVOICE'] }),
    ], topic);
    expect(by).toEqual(['always', 'empty', 'all']);
  });

  it.each([
    [{ channels: ['chat' as const] }], [{ intents: ['praise'] }], [{ priorities: ['urgent' as const] }], [{ languages: ['es'] }], [{ keywords: ['refund'] }],
    [{ channels: ['email' as const], keywords: ['refund'] }],
  ])('does not apply one of which a condition fails: %o', (conditions) => {
    expect(routeBy([rule('no', conditions)], topic)).toEqual({ tags: [], by: [] });
  });

  it('asks for what it does not know in vain', () => {
    const unknown = { ...topic, intent: null, language: null, texts: [] };
    expect(routeBy([rule('i', { intents: ['billing'] }), rule('l', { languages: ['pt'] }), rule('k', { keywords: ['invoice'] })], unknown).by).toEqual([]);
  });

  it('lets the first of two rules win for what both set, and gathers the tags of all', () => {
    const routed = routeBy([
      rule('a', {}, { departmentId: 'care', tags: ['one'] }), rule('b', {}, { departmentId: 'sales', assigneeId: 'ana', priority: 'high', agentId: 'sol', tags: ['two'] }),
    ], topic);
    expect(routed).toEqual({ departmentId: 'care', assigneeId: 'ana', priority: 'high', agentId: 'sol', tags: ['one', 'two'], by: ['a', 'b'] });
  });

  it('raises a priority and never lowers one', () => {
    const order = ['low', 'normal', 'high', 'urgent'] as const;
    for (const [i, now] of order.entries()) for (const [j, seen] of order.entries()) expect(raisePriority(now, seen)).toBe(order[Math.max(i, j)]);
  });
});

describe('the scope of a guidance card', () => {
  const here = { agentId: 'nova', channel: 'chat' as const, tags: ['vip'], departmentId: 'care', identified: true };
  it.each([
    [{}, true], [{ agentIds: [] }, true], [{ agentIds: ['nova'] }, true], [{ agentIds: ['sol'] }, false], [{ channels: ['chat' as const] }, true], [{ channels: ['sms' as const] }, false],
    [{ tags: ['vip', 'x'] }, true], [{ tags: ['x'] }, false], [{ departmentIds: ['care'] }, true], [{ departmentIds: ['sales'] }, false], [{ audience: 'everyone' as const }, true],
    [{ audience: 'identified' as const }, true], [{ audience: 'anonymous' as const }, false], [{ agentIds: ['nova'], channels: ['sms' as const] }, false],
  ])('%o holds: %s', (scope, holds) => expect(inScope(scope, here)).toBe(holds));
  it('of a department holds nowhere without one', () => {
    expect(inScope({ departmentIds: ['care'] }, { ...here, departmentId: null })).toBe(false);
    expect(inScope({ audience: 'anonymous' }, { ...here, identified: false })).toBe(true);
  });
});
