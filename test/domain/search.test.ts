import { describe, expect, test } from 'vitest';
import { holds, isEmpty, parseSearch, personTemplate, textTemplate } from '../../server/domain/search.ts';
import { rangesOf, shownOf } from '../../server/domain/search-marks.ts';
import { fold, near, numberOf, personEntry, textEntry, wordsOf } from '../../server/domain/search-words.ts';

describe('words', () => {
  test.each([
    ['Café', 'cafe'],
    ['ÖLÇÜ', 'olcu'],
    ['Straße', 'strasse'],
    ['Łódź', 'lodz'],
    ['ＡＢＣ１', 'abc1'],
    ['Ёлка', 'елка'],
    ['ΣΊΣΥΦΟΣ', 'σισυφοσ'],
    ['القَهْوَة', 'القهوه'],
    ['أين', 'اين'],
    ['한국어', '한국어'],
    ['がぎ', 'がぎ'],
    ['ﬁn', 'fin'],
    ['ﷺ', 'صلياللهعليهوسلم'],
  ])('%s is compared as %s', (word, plain) => expect(fold(word)).toBe(plain));

  test('of scripts without spaces are pairs, and the last sign alone', () => {
    expect([...wordsOf('iPhone手机坏了')]).toEqual(['iphone', '手机', '机坏', '坏了', '了']);
    expect([...wordsOf('东')]).toEqual(['东']);
  });

  test('of pictures are the pictures, without their shades and joints', () => {
    expect([...wordsOf('ok 👍🏽 👩‍👧 🇵🇹 ❤️')]).toEqual(['ok', '👍', '👩', '👧', '🇵🇹', '❤']);
  });

  test('carry nothing that would want quoting, whatever the text', () => {
    const text = String.fromCodePoint(...Array.from({ length: 0x3000 }, (_, at) => at + 1)) + `'\\§:*&|!<->()`;
    for (const word of textEntry({ text, author: `O'Brien \\ "x"`, channel: 'chat' }))
      expect(word).toMatch(/^[@#~*]?[\p{L}\p{N}\p{M}\p{RI}\p{Extended_Pictographic}]*$/u);
    expect(textEntry({ text: '', author: 'Ana Duarte', channel: 'email' })).toEqual(['@ana', '@duarte', '#email', '*']);
  });

  test('are no more than so many, of no more than so much text', () => {
    expect(textEntry({ text: Array.from({ length: 9_000 }, (_, n) => `w${n}`).join(' '), author: '', channel: 'chat' }).length).toBeLessThan(2_100);
    expect([...wordsOf('x'.repeat(500))]).toEqual(['x'.repeat(48)]);
  });
});

describe('names', () => {
  const meets = (one: string, other: string): boolean => near(one).some((part) => near(other).includes(part));
  test.each([
    ['lindgren', 'lindgrn'],
    ['lindgren', 'lindgrenn'],
    ['lindgren', 'lnidgren'],
    ['lindgren', 'lindgran'],
    ['oliveira', 'olivera'],
    ['иванов', 'ивнов'],
  ])('%s is met by %s', (name, typed) => expect(meets(name, typed)).toBe(true));
  test.each([
    ['lindgren', 'lundgrin'],
    ['anna', 'hans'],
    ['bo', 'ba'],
  ])('%s is not met by %s', (name, typed) => expect(meets(name, typed)).toBe(false));

  test('stand with company, address and every way to write the number', () => {
    const words = personEntry({ name: 'Bo Ek', company: 'Ek & Co', email: 'bo@ek.example', phone: '+351 912 345 678', handles: [] });
    expect(words).toEqual(expect.arrayContaining(['bo', 'ek', 'co', 'example', '351912345678', '912345678', '12345678']));
    expect(numberOf('(0)912-345')).toBe('0912345');
    expect(numberOf('order 12345')).toBeNull();
    expect(numberOf('١٢٣٤٥٦')).toBe('123456');
  });
});

describe('a search', () => {
  test('is words, phrases, refusals and operators', () => {
    expect(parseSearch('late  "new york" -spam from:"Ana Duarte" channel:SMS tag:vip before:2026-02 after:2025')).toMatchObject({
      all: [
        { word: 'late', open: true },
        { word: 'new', open: false },
        { word: 'york', open: false },
      ],
      phrases: [['new', 'york']],
      none: [{ word: 'spam', open: false }],
      from: [{ word: 'ana' }, { word: 'duarte' }],
      channel: 'sms',
      tags: ['vip'],
      before: '2026-02-01T00:00:00.000Z',
      after: '2025-01-01T00:00:00.000Z',
    });
  });

  test.each(['foo:bar', 'channel:pigeon', 'before:2026-02-30', 'before:soon', 'from:', 'tag:""'])('takes %s for words', (q) => {
    const { channel, before, from, tags, all } = parseSearch(q);
    expect({ channel, before, from, tags }).toEqual({ channel: null, before: null, from: [], tags: [] });
    expect(all.length).toBeGreaterThan(0);
  });

  test('of refusals alone is for these words; of signs alone for nothing', () => {
    expect(parseSearch('-5 -x').all.map(({ word }) => word)).toEqual(['5', 'x']);
    expect(isEmpty(parseSearch('!!! ... -'))).toBe(true);
    expect(parseSearch('e-mail').all.map(({ word }) => word)).toEqual(['e', 'mail']);
    expect(parseSearch('a '.repeat(400)).all).toHaveLength(12);
  });

  test('asks the index for every word of its slice', () => {
    expect(textTemplate(parseSearch('late "york" -spam'))).toBe(`'§late':* & '§york' & !'§spam'`);
    expect(textTemplate(parseSearch('咖啡机'))).toBe(`('§咖啡' & '§啡机')`);
    expect(textTemplate(parseSearch('咖'))).toBe(`'§咖':*`);
    expect(textTemplate(parseSearch('before:2026'))).toBe(`'§*'`);
    expect(personTemplate(parseSearch('bo lind'), true)).toBe(`'§bo':* & ('§lind':* | '§~lind' | '§~ind' | '§~lnd' | '§~lid' | '§~lin')`);
    expect(personTemplate(parseSearch('912 345 678'), false)).toBe(`'§912345678':*`);
  });

  test('has what only the text shows', () => {
    expect(holds(parseSearch('"new york"'), 'In New York.')).toBe(true);
    expect(holds(parseSearch('"new york"'), 'York is new')).toBe(false);
    for (const text of ['a new, YORK!', 'Ein New (York) für', 'NEW\nyork']) expect(holds(parseSearch('"new york"'), text)).toBe(true);
    for (const text of ['new yorker', 'anew york', 'new old york', 'Über new yorker']) expect(holds(parseSearch('"new york"'), text)).toBe(false);
    expect(holds(parseSearch(`"${'x'.repeat(50)} y"`), `${'x'.repeat(60)} y`)).toBe(true);
    expect(holds(parseSearch('咖啡机'), '我的咖啡机')).toBe(true);
    expect(holds(parseSearch('咖啡机'), '咖啡和啡机')).toBe(false);
  });
});

describe('what was found', () => {
  const marked = (text: string, q: string) => rangesOf(text, parseSearch(q)).map(([from, to]) => text.slice(from, to));
  test('is marked in the letters of the text', () => {
    expect(marked('Descaling the CAFÉ, cafe\u0301 and cafeteria', 'descal café')).toEqual(['Descal', 'CAFÉ', 'cafe\u0301', 'cafe']);
    expect(marked('Straße', 'stras')).toEqual(['Straß']);
    expect(marked('我的咖啡机坏了', '咖啡机')).toEqual(['咖啡机']);
    expect(marked('thanks 👍🏽', '👍')).toEqual(['👍']);
    expect(marked('under', 'de')).toEqual([]);
  });

  test('is shown with what stands round it, on one line, with no letter torn', () => {
    const { snippet, marks } = shownOf(`${'😀'.repeat(60)} first\nline ${'word '.repeat(40)}needle ${'😀'.repeat(90)}`, parseSearch('needle'));
    expect(snippet).toMatch(/^….*needle.*…$/);
    expect(snippet).not.toMatch(/\n/);
    expect(snippet.isWellFormed()).toBe(true);
    expect(snippet.length).toBeLessThanOrEqual(162);
    expect(marks).toEqual(['needle']);
    expect(shownOf('', parseSearch('x'))).toEqual({ snippet: '', marks: [] });
  });
});
