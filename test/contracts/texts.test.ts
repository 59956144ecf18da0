/** What stands on screens comes from the locales: no element says anything by itself, and every language says all of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { CODES } from '../../server/contract/common.ts';
import { languages, type Catalogue, type Texts } from '../../widgets/locales/catalogue.ts';
import { operatorTexts } from '../../widgets/locales/operator.ts';
import { told } from '../../widgets/ui/told.ts';

const root = join(import.meta.dirname, '../..');
const sources = ['elements', 'ui', 'chat'].flatMap((folder) =>
  readdirSync(join(root, 'widgets', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('widgets', folder, name)),
);

/** Attributes that people read or hear. */
const SPOKEN = /^\.?(aria-(label|description|placeholder|roledescription|valuetext)|ariaLabel|title|placeholder|alt|label)$/;
/** What is the same in every language: how an address begins, and what stands on a key. */
const NAMES = /^(https?:\/\/|esc|Alt)$/;

interface Node {
  type: string;
  start: number;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Partial<Node>).type === 'string';
const childrenOf = (node: Node): Node[] => Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));
const says = (text: string): boolean => /\p{L}{2,}/u.test(text.replaceAll(/&\w+;/g, '')) && !NAMES.test(text.trim());

/** Strings that an expression may come to. */
function stringsOf(node: Node): string[] {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? [node['value']] : [];
  if (node.type === 'TemplateLiteral') return (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
  if (node.type === 'ConditionalExpression') return [node['consequent'], node['alternate']].flatMap((branch) => stringsOf(branch as Node));
  if (node.type === 'LogicalExpression') return [node['left'], node['right']].flatMap((branch) => stringsOf(branch as Node));
  return [];
}

/** What a template says: its own texts and spoken attributes, and the strings that stand in the place of such. */
function saidBy(template: Node): string[] {
  const { quasis, expressions } = template as unknown as { quasis: { value: { cooked: string } }[]; expressions: Node[] };
  const said: string[] = [];
  const whole = quasis.map(({ value }) => value.cooked).reduce((all, part, index) => `${all}\u0001${index - 1}\u0002${part}`);
  const meant = (text: string): string[] => [
    ...[...text.matchAll(/\u0001(\d+)\u0002/g)].flatMap(([, index]) => stringsOf(expressions[Number(index)]!)),
    ...text.split(/\u0001\d+\u0002/),
  ];
  const bare = whole.replaceAll(/<!--[^]*?-->/g, '').replaceAll(/<style[^]*?<\/style>/g, '');
  const tag = /<\/?[\w\u0001\u0002-]+((?:\s+|[^\s"'>=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*\/?>/g;
  for (const [, attributes = ''] of bare.matchAll(tag)) {
    for (const [, name = '', quoted, single, plain] of attributes.matchAll(/([^\s"'>=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g)) {
      if (SPOKEN.test(name)) said.push(...meant(quoted ?? single ?? plain ?? ''));
    }
  }
  said.push(...bare.replaceAll(tag, '\n').split('\n').flatMap(meant));
  return said.filter(says).map((text) => text.trim());
}

/** Everything that a file says by itself. */
function literalsIn(path: string, source: string): string[] {
  const { program } = parseSync(path, source);
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'TaggedTemplateExpression' && /^(html|svg)$/.test(String((node['tag'] as Node)['name']))) found.push(...saidBy(node['quasi'] as Node));
    if (node.type === 'Property' && SPOKEN.test(String((node['key'] as Node)['name'] ?? (node['key'] as Node)['value'])) && isNode(node['value']))
      found.push(...stringsOf(node['value']).filter(says));
    if (
      node.type === 'AssignmentExpression' &&
      /^(textContent|innerText|title|ariaLabel|placeholder|alt)$/.test(String(((node['left'] as Node)['property'] as Node | undefined)?.['name']))
    )
      found.push(...stringsOf(node['right'] as Node).filter(says));
    if (node.type === 'CallExpression' && ((node['callee'] as Node)['property'] as Node | undefined)?.['name'] === 'setAttribute') {
      const [name, value] = node['arguments'] as [Node, Node | undefined];
      if (value && SPOKEN.test(String(name['value']))) found.push(...stringsOf(value).filter(says));
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program as unknown as Node);
  return found;
}

/** Every text by its path, with what it is and takes. */
const shape = (texts: Texts, path = ''): [path: string, kind: string][] =>
  Object.entries(texts).flatMap(([key, text]): [string, string][] => {
    const here = `${path}.${key}`;
    if (typeof text === 'string') return [[here, text.trim() === '' ? 'nothing' : 'text']];
    return typeof text === 'function' ? [[here, 'function']] : shape(text, here);
  });

/** All catalogues by the name of their file. */
const catalogues = await Promise.all(
  readdirSync(join(root, 'widgets/locales'))
    .filter((name) => name.endsWith('.ts'))
    .map(async (name) => {
      const found = Object.values((await import(join(root, 'widgets/locales', name))) as object).filter(
        (value): value is Catalogue<Texts> => typeof value === 'object' && value !== null && 'english' in value,
      );
      return [name, found[0]] as const;
    }),
);

describe('what elements say', () => {
  it('comes from the locales, every word', () => {
    const literal = sources.flatMap((path) => literalsIn(path, readFileSync(join(root, path), 'utf8')).map((text) => `${path}: ${text}`));
    expect(literal).toEqual([]);
  });

  it.each([
    ['a text', 'html`<p>Hello ${name}</p>`'],
    ['a text in a branch', "html`<p>${ready ? 'Hello' : nothing}</p>`"],
    ['a label', 'html`<b aria-label="Hello ${name}"></b>`'],
    ['a title without quotes', "html`<b title=${wide || 'Hello'}></b>`"],
    ['a text in a drawing', 'svg`<text>Hello</text>`'],
    ['a property', "make('button', { 'aria-label': 'Hello' })"],
    ['an attribute that is set', "at.setAttribute('title', 'Hello')"],
    ['a text that is set', 'at.textContent = `Hello ${name}`'],
  ])('is found where it does not: %s', (_what, source) => {
    expect(literalsIn('sample.ts', `export const said = () => { ${source}; };`).map((text) => text.trim())).toEqual(['Hello']);
  });

  it('may be classes, names and addresses', () => {
    expect(
      literalsIn(
        'sample.ts',
        "export const said = () => html`<p class=\"wide ${on ? 'is-on' : ''}\" @click=${go}>${t.hello} &nbsp; ${on ? html`<i></i>` : nothing}</p>`;",
      ),
    ).toEqual([]);
  });

  it.each(languages.filter((language) => language !== 'en'))('is whole in %s, with nothing left out and nothing more', async (language) => {
    const told = catalogues.filter(([, texts]) => texts).length;
    expect(told).toBeGreaterThan(25);
    for (const [name, texts] of catalogues) {
      if (!texts) continue;
      const mine = shape((await texts.load(language)) as Texts).map(([path, kind]) => `${name}${path}: ${kind}`);
      expect(mine.toSorted()).toEqual(
        shape(texts.english as Texts)
          .map(([path, kind]) => `${name}${path}: ${kind}`)
          .toSorted(),
      );
      expect(await texts.load(language)).not.toBe(texts.english);
    }
  });

  it.each([
    ['de', /Konversation|Gespräch|Etikett|Playbook|Klassifizierer|\b(du|dein|dir)\b/],
    ['pt', /\b(equipe|contatos?|arquivos?|conexão|você|excluir|salvar|controle|[Ll]ínguas?|links?)\b/],
    ['es', /\b(tú|tus?|tuy[oa]s?|estás|has|puedes|quieres|tique|rutas? de traspaso|[Dd]erivad[oa]s?)\b/i],
    ['ar', /نمط|تسليم|التسليم|نوايا|سيناريو|اً/],
  ])('calls each thing by one name in %s, and speaks to everybody in one form', (language, other) => {
    const read = (folder: string): string[] =>
      readdirSync(folder).flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/'[^'\n]*'|`[^`]*`/g)].map(([text]) => `${name}: ${text}`));
    expect(read(join(root, 'widgets/locales', language)).filter((text) => other.test(text))).toEqual([]);
  });

  it.each(languages)('words each refusal in %s by its code: the server’s sentence is for pages in English', async (language) => {
    const t = await operatorTexts.load(language);
    const said = [...Object.keys(CODES), 'unreachable', 'timeout'].map((code) => told({ code, detail: 'What the server says.' }, { t, tag: language }));
    expect(said.filter((text) => (text === 'What the server says.') !== (language === 'en') || text === '')).toEqual([]);
  });

  it.each(languages)('is counted in %s by its own rules, with no number in the place of a word', async (language) => {
    const rules = new Intl.PluralRules(language);
    const samples = new Map(Array.from({ length: 120 }, (_, n) => [rules.select(n), n]));
    const faults: string[] = [];
    const count = (texts: Texts, path: string): void => {
      for (const [key, text] of Object.entries(texts)) {
        if (typeof text === 'object') count(text, `${path}.${key}`);
        else if (typeof text === 'function' && /count\(/.test(text.toString())) {
          for (const n of samples.values()) {
            const words: string = (text as (...parts: unknown[]) => string)(
              ...Array.from({ length: Math.max(2, text.length + 1) }, (_, at) => (at === 0 || text.toString().startsWith('(name, n)') ? n : String(n))),
            );
            if (/undefined|NaN|\[object/.test(words) || words.trim() === '') faults.push(`${path}.${key}(${n}): ${words}`);
          }
        }
      }
    };
    for (const [name, texts] of catalogues) if (texts) count((await texts.load(language)) as Texts, name);
    expect(faults).toEqual([]);
  });
});
