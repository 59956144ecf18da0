/** Texts that have broken other software, and HTML that attacks: a share of the lists that are at hand; all of them where `WHOLE_LISTS` is set, as the long proofs do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of each list that is at hand, this many are tried by each test that is not a long proof. */
const SHARE = 32;

/** An even share of a list, or the whole of it in a long proof. */
function shareOf<T>(list: readonly T[]): T[] {
  const step = process.env['WHOLE_LISTS'] ? 1 : Math.max(1, Math.floor(list.length / SHARE));
  return list.filter((_, index) => index % step === 0);
}

function given(file: string, field: string): string[] {
  const folder = process.env['EVAL_DATA'];
  if (!folder) return [];
  return readFileSync(join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => String((JSON.parse(line) as Record<string, unknown>)[field]));
}

export const oddTexts = (): string[] => [
  ...shareOf(given('naughty_strings.jsonl', 'text')),
  'null',
  'undefined',
  '0',
  '-1',
  '1e308',
  'NaN',
  '\\',
  "'",
  '"',
  "'; drop table contact; --",
  '%',
  '%s%n',
  '{{7*7}}',
  '${7*7}',
  'a\u0000b',
  'x\u0001\u0007\u001b[31m\u007f\u0085',
  '\ud800x',
  'x\udc00\ud800',
  '\ufeffx',
  '\u202eabc',
  '\u2066a\u2069\u200b\u200dc',
  'ﷺ',
  'Ω≈ç√∫',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'Z̢̟̘͙̥̠̀͐A̯͌L̸͉G̕O',
  'עברית العربية',
  '田中さん',
  'x\r\nSet-Cookie: x=1',
  '../../etc/passwd',
  '\\u0000',
  'data: x\n\nevent: reset\ndata: {}\n\n',
  ' leading and trailing \t',
];

export const hostileHtml = (): string[] => [
  ...shareOf(given('xss_html_vectors.jsonl', 'payload')),
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<style>@import "//evil.example"</style>',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '<template><script>1</script></template>',
  '&lt;b&gt; &amp;amp;',
];

/** As Postgres can hold it: NUL and lone surrogates become U+FFFD. */
export const stored = (text: string): string => text.replaceAll('\u0000', '\uFFFD').toWellFormed();
