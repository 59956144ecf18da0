import { describe, expect, it } from 'vitest';
import { handoffText, routeChosen } from '../../server/domain/words.ts';

describe('what a customer reads at a handoff', () => {
  it('is in its language, whatever the region, and else in English', () => {
    expect(handoffText('es', true)).toMatch(/contactemos/);
    expect(handoffText('pt-BR', false)).toMatch(/pessoa/);
    expect(handoffText('DE', true)).toMatch(/Menschen/);
    expect(handoffText('ar', false)).toMatch(/الفريق/);
    expect(handoffText('zh-Hant', true)).toMatch(/联系/);
    expect(handoffText('ja', true)).toMatch(/連絡/);
    for (const unknown of [null, 'tlh', '', 'x']) expect(handoffText(unknown, true)).toBe(handoffText('en', true));
  });

  it('asks how to reach the customer only where there is something to choose', () => {
    for (const language of ['en', 'es', 'pt', 'de', 'fr', 'it', 'nl', 'pl', 'ru', 'tr', 'zh', 'ja', 'ko', 'hi', 'ar'])
      expect(handoffText(language, true)).not.toBe(handoffText(language, false));
  });
});

describe('the route that a customer chose', () => {
  const routes = [{ label: 'A call' }, { label: 'The sales team' }, { label: 'مكالمة' }];
  it.each([
    ['1', 'A call'],
    [' 2. ', 'The sales team'],
    ['3)', 'مكالمة'],
    ['١', 'A call'],
    ['۲', 'The sales team'],
    ['２', 'The sales team'],
    ['२', 'The sales team'],
    ['a call', 'A call'],
    ['THE SALES TEAM!', 'The sales team'],
    ['مكالمة', 'مكالمة'],
  ])('%j is %s', (text, label) => expect(routeChosen(text, routes)?.label).toBe(label));
  it.each(['0', '4', '99', '123', '-1', '1.5', 'call', 'one', '', '1 please', '½'])('%j is none', (text) => expect(routeChosen(text, routes)).toBeNull());
});
