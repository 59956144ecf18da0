import { expect, test } from 'vitest';
import { wants, whoIsTold } from '../../server/domain/notify.ts';
import type { Happening } from '../../server/domain/notify.ts';

const team = ['ana', 'ben', 'chloe', 'dan'];
const told = (what: Partial<Happening>) => whoIsTold({ kind: 'handoff', named: [], assigneeId: null, members: [], by: null, ...what }, team);

test('whoever holds the conversation is told first, then its department, then the whole team', () => {
  for (const kind of ['handoff', 'draft', 'delivery'] as const) {
    expect(told({ kind, assigneeId: 'ben', members: ['ana', 'chloe'] })).toEqual(['ben']);
    expect(told({ kind, members: ['ana', 'chloe'] })).toEqual(['ana', 'chloe']);
    expect(told({ kind })).toEqual(team);
  }
  expect(told({ kind: 'delivery', named: ['dan'], assigneeId: 'ben' })).toEqual(['dan']);
});

test('nobody is told of their own act: the next who could act is', () => {
  expect(told({ assigneeId: 'ana', members: ['ana', 'ben'], by: 'ana' })).toEqual(['ben']);
  expect(told({ assigneeId: 'ana', by: 'ana' })).toEqual(['ben', 'chloe', 'dan']);
  expect(told({ kind: 'mention', named: ['ana'], by: 'ana' })).toEqual([]);
  expect(told({ kind: 'mention', named: ['ana', 'ben', 'ben'], by: 'ana' })).toEqual(['ben']);
});

test('whoever left the team is told nothing, and what was for them alone is for nobody else', () => {
  expect(told({ assigneeId: 'gone', members: ['gone too', 'chloe'] })).toEqual(['chloe']);
  for (const kind of ['assignment', 'transfer', 'mention'] as const) expect(told({ kind, named: ['gone'], assigneeId: 'ben' })).toEqual([]);
});

test('a kind is wanted until its operator says otherwise, of the kind or of every way', () => {
  expect(wants({}, 'mention')).toBe(true);
  expect(wants({ mention: false }, 'mention')).toBe(false);
  expect(wants({ mention: false, 'mention.sound': true }, 'mention')).toBe(false);
  expect(wants({ 'mention.element': false }, 'mention')).toBe(true);
  expect(wants({ 'mention.element': false, 'mention.browser': false }, 'mention')).toBe(false);
  expect(wants({ 'mention.element': false, 'mention.browser': false, 'mention.sound': true }, 'mention')).toBe(true);
  expect(wants({ handoff: false }, 'mention')).toBe(true);
});
