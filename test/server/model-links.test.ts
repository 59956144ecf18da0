import { describe, expect, it } from 'vitest';
import { hostOf, stripLinks } from '../../server/pipeline/prompt-links.ts';

const allowed = ['shop.example', '*.help.example'];
const strip = (text: string) => stripLinks(text, allowed).text;

describe('links and images in a reply', () => {
  it('keeps links to listed hosts as they are written', () => {
    for (const text of [
      'See https://shop.example/returns?id=7#top for more.',
      'See [our returns page](https://shop.example/returns "Returns").',
      'See <https://eu.help.example/a>.',
      'See shop.example/returns.',
      '![label](https://shop.example/label.png)',
      'See [returns][1].\n\n[1]: https://shop.example/returns',
      'Either https://shop.example, or https://a.help.example.',
    ]) {
      expect(strip(text)).toBe(text);
      expect(stripLinks(text, allowed).removed).toEqual([]);
    }
  });

  it.each([
    ['Read https://evil.test/x now', 'Read now'],
    ['Read http://evil.test.', 'Read.'],
    ['Read [the terms](https://evil.test/x) now', 'Read the terms now'],
    ['Read [the terms](<https://evil.test/x y> "t") now', 'Read the terms now'],
    ['![secret](https://evil.test/p.png?d=1234) Done', 'secret Done'],
    ['![](https://evil.test/p.png?d=1234)Done', 'Done'],
    ['[![logo](https://evil.test/i.png)](https://evil.test/)', 'logo'],
    ['Read [terms][1] now\n\n[1]: https://evil.test/x', 'Read terms now'],
    ['Read [terms] now\n\n[terms]: <https://evil.test/x> "t"', 'Read terms now'],
    ['![pic][p]\n\n[p]: https://evil.test/p.png', 'pic'],
    ['Read <https://evil.test/x> now', 'Read now'],
    ['Read www.evil.test/x now', 'Read now'],
    ['Read evil.com now', 'Read now'],
    ['Read evil.test/path?d=1 now', 'Read now'],
    ['Read //evil.test/x now', 'Read now'],
    ['Read \\\\evil.test\\x now', 'Read now'],
    ['Read https:\\\\evil.test/x now', 'Read now'],
    ['Read HTTPS://EVIL.TEST/x now', 'Read now'],
    ['Read ftp://evil.test/x now', 'Read now'],
    ['Go [here](javascript:alert(1)) now', 'Go here now'],
    ['Go javascript:alert(1) now', 'Go now'],
    ['Go data:text/html;base64,AAAA now', 'Go now'],
    ['<img src="https://evil.test/p.png">Done', 'Done'],
    ['<img src=x onerror=alert(1)>Done', 'Done'],
    ['<a href="https://evil.test">click</a> me', 'click me'],
    ['<script src="//evil.test/x.js"></script>Done', 'Done'],
    ['Pay at 203.0.113.9/pay now', 'Pay at now'],
  ])('takes out %j', (text, expected) => {
    const result = stripLinks(text, allowed);
    expect(result.text).toBe(expected);
  });

  it.each([
    ['a user name that looks like a listed host', 'https://shop.example@evil.test/x'],
    ['a listed host as a subdomain of another', 'https://shop.example.evil.test/x'],
    ['a listed host as a suffix of another name', 'https://notshop.example/x'],
    ['a listed host in the path', 'https://evil.test/shop.example'],
    ['a parent of a wildcard', 'https://help.example/x'],
    ['a password', 'https://a:b@shop.example/x'],
    ['zero-width characters', 'ht\u200Btps://ev\u200Dil.test/x'],
    ['a soft hyphen', 'https://ev\u00ADil.test/x'],
    ['a right-to-left override', 'https://\u202Eevil.test/x'],
    ['full-width letters', 'ｈｔｔｐｓ：／／ｅｖｉｌ．ｔｅｓｔ／ｘ'],
    ['mathematical letters', '𝐡𝐭𝐭𝐩𝐬://𝐞𝐯𝐢𝐥.test/x'],
    ['circled letters', 'https://ⓔⓥⓘⓛ.test/x'],
    ['ideographic full stops', 'https://evil。test/x'],
    ['fraction slashes', 'https:⁄⁄evil.test⁄x'],
    ['Cyrillic look-alikes of a listed host', 'https://shоp.example/x'],
    ['a host in another script', 'https://пример.рф/x'],
    ['punycode', 'https://xn--shp-vtd.example/x'],
    ['entities in a link', '[a](https&#58;//evil.test/x)'],
    ['hexadecimal entities in a link', '[a](&#x68;ttps://evil.test)'],
    ['a line break inside a link', '[a](https://evil\n.test/x)'],
    ['nested brackets', '[a [b] c](https://evil.test/x)'],
    ['brackets in the address', '[a](https://evil.test/(x))'],
    ['an unfinished tag', 'Done <img src="https://evil.test/p.png"'],
    ['a tag in capitals', '<IMG SRC="https://evil.test/p.png">'],
    ['a trailing dot', 'https://evil.test./x'],
    ['halves that meet when another link is gone', 'htt<https://z.test>ps://evil.test/x'],
    ['halves around a link in words', 'ev[](https://z.test)il.com and ht<b></b>tps://evil.test/x'],
    ['a port', 'evil.test:8080/x'],
  ])('is not fooled by %s', (_, text) => {
    const result = stripLinks(text, allowed);
    expect(result.text.normalize('NFKC').replace(/[\u200B-\u200F\u202A-\u202E\u00AD]/g, '')).not.toMatch(/evil|пример|xn--|shоp|notshop|b@shop|\/\/help/);
    expect(result.removed.length).toBeGreaterThan(0);
  });

  it('leaves what is no link alone', () => {
    for (const text of [
      'It takes 3.5 days, e.g. until 4 p.m. on 12.05.2025.',
      'Version 2.0.1 of Node.js, file.txt and and/or.',
      'Write to help@company.com or call +49 30 123/456.',
      'Done.Thanks for waiting.So it goes.',
      '价格是100元。欢迎！完了。ok。',
      'Family emoji 👨‍👩‍👧 and flags 🏳️‍🌈 stay.',
      'می‌خواهم and क्‍ष keep their joiners.',
      'a [note] in brackets (and parentheses)',
      'x < y and y > z, 5 <6',
    ])
      expect(strip(text)).toBe(text);
  });

  it('names the hosts that it took out', () => {
    expect(stripLinks('a https://evil.test/x b [c](mailto:me@evil.test)', []).removed).toEqual(['mailto', 'evil.test']);
  });

  it('stays quick on hostile length', () => {
    const start = performance.now();
    for (const piece of ['[', '![a](', '<a ', 'a.', '](', 'https://', '\\', '[a][', '((((']) stripLinks(piece.repeat(8_000 / piece.length), allowed);
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it('reads hosts as a browser would', () => {
    expect(hostOf('https://EXAMPLE.com./a')).toBe('example.com');
    expect(hostOf('https:\\\\example.com\\a')).toBe('example.com');
    expect(hostOf('javascript:alert(1)')).toBeNull();
    expect(hostOf('https://a@example.com')).toBeNull();
    expect(hostOf('https://ex\u200Bample.com')).toBe('example.com');
  });
});
