/** The reference: what the manifest says of each element, beside the element itself on the demo's data. */
import type { Attribute, ClassMember, ClassMethod, CustomElementField, Package } from 'custom-elements-manifest';
import { make } from './panel/dom.ts';
import { connect, samples, showSample } from './reference-samples.ts';
import type { PublicElement } from '../widgets/manifest/analyse.ts';

connect();
const isField = (member: ClassMember): member is CustomElementField => member.kind === 'field';
const main = document.querySelector('main')!;
const answer = await fetch('/custom-elements.json').catch(() => undefined);
if (!answer?.ok)
  main.replaceChildren(
    make('p', { class: 'about', role: 'alert' }, 'The manifest could not be read. The elements are built all the same; load this page again.'),
  );
const { modules } = answer?.ok ? ((await answer.json()) as Package) : { modules: [] };
const elements = modules.flatMap(({ declarations = [] }) => declarations as PublicElement[]);

const list = document.querySelector('.list ul')!;
const search = document.querySelector<HTMLInputElement>('[name="q"]')!;
const none = document.querySelector('.none')!;

/** Rules that show parts: `::part` is out of reach of inline styles. */
const outlines = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, outlines];

/** Text with `code` and `<tags>` in it, as elements. */
function prose(text: string): Node[] {
  return text.split(/(`[^`]+`)/).map((part) => (part.startsWith('`') ? make('code', { class: 'in' }, part.slice(1, -1)) : document.createTextNode(part)));
}

interface Row {
  readonly name: string;
  readonly chips?: readonly (string | false | undefined)[];
  readonly type?: string | undefined;
  readonly text?: string | undefined;
  readonly control?: Node | undefined;
}

const drawRow = ({ name, chips = [], type, text = '', control }: Row): HTMLElement => {
  const what = make('p', { class: 'what', dir: 'auto' }, ...prose(text), type ? make('code', { dir: 'ltr' }, type) : null);
  return make(
    'li',
    { 'data-name': name.toLowerCase() },
    make(
      'span',
      { class: 'name' },
      make('code', { dir: 'ltr' }, name),
      ...chips.filter(Boolean).flatMap((chip) => [' ', make('span', { class: 'chip' }, String(chip))]),
    ),
    what,
    make('span', { class: 'set' }, control),
  );
};

function section(title: string, rows: readonly Row[]): HTMLElement | null {
  return rows.length === 0 ? null : make('section', {}, make('h3', {}, title), make('ul', { class: 'rows' }, ...rows.map(drawRow)));
}

/** A type without `undefined`, which goes without saying. */
const plain = (type = ''): string => type.replace(/ \| undefined$/, '');

/** A field that sets a property of the live element, by what its type allows. */
function control(field: CustomElementField, live: HTMLElement): Node | undefined {
  const type = plain(field.type?.text);
  if (field.readonly) return undefined;
  const label = { 'aria-label': `${field.name} of the element above` };
  const set = (value: unknown): void => void Reflect.set(live, field.name, value);
  const now: unknown = Reflect.get(live, field.name);
  if (type === 'boolean')
    return make('input', { type: 'checkbox', ...label, checked: now === true, change: ({ target }) => set((target as HTMLInputElement).checked) });
  if (type === 'string' || type === 'number') {
    const change = ({ target }: Event): void =>
      set(type === 'number' ? Number((target as HTMLInputElement).value) : (target as HTMLInputElement).value || undefined);
    return make('input', {
      type: type === 'number' ? 'number' : 'text',
      ...label,
      dir: 'auto',
      value: typeof now === 'string' || typeof now === 'number' ? now : '',
      change,
    });
  }
  const choices = [...type.matchAll(/'([^']+)'/g)].map(([, choice]) => choice!);
  if (choices.length === 0) return undefined;
  return make(
    'select',
    { ...label, change: ({ target }) => set((target as HTMLSelectElement).value || undefined) },
    make('option', { value: '' }, '–'),
    ...choices.map((choice) => make('option', { value: choice, selected: choice === now }, choice)),
  );
}

/** A button that outlines a part wherever it stands. */
function outline(tag: string, part: string): Node {
  return make(
    'button',
    {
      type: 'button',
      'aria-pressed': 'false',
      'aria-label': `Show the part ${part}`,
      click: ({ currentTarget }) => {
        const button = currentTarget as HTMLElement;
        const shown = button.getAttribute('aria-pressed') !== 'true';
        for (const other of main.querySelectorAll('[aria-pressed]')) other.setAttribute('aria-pressed', String(shown && other === button));
        outlines.replaceSync(shown ? `${tag}::part(${part}) { outline: 3px solid var(--conv-handoff); outline-offset: -3px; }` : '');
      },
    },
    'Show',
  );
}

const customProperty = (name: string, live: HTMLElement): Node =>
  make('input', {
    type: 'text',
    dir: 'ltr',
    'aria-label': `${name} of the element above`,
    change: ({ target }) => live.style.setProperty(name, (target as HTMLInputElement).value),
  });

const signature = ({ parameters = [], return: returned }: ClassMethod): string =>
  `(${parameters.map(({ name, optional, type }) => `${name}${optional ? '?' : ''}: ${type?.text ?? 'unknown'}`).join(', ')}): ${returned?.type?.text ?? 'void'}`;

function properties(element: PublicElement, live: HTMLElement, inherited: boolean): Row[] {
  const without = (one: Attribute): boolean => !element.members.some(({ name }) => name === one.fieldName);
  return [
    ...element.members
      .filter(isField)
      .filter((field) => (field.inheritedFrom !== undefined) === inherited)
      .map(
        (field): Row => ({
          name: field.name,
          text: field.description,
          type: `${plain(field.type?.text)}${field.default === undefined ? '' : ` = ${field.default}`}`,
          chips: [
            field.attribute && (field.attribute === field.name ? 'attribute' : `attribute ${field.attribute}`),
            field.reflects && 'reflected',
            field.readonly && 'read only',
          ],
          control: control(field, live),
        }),
      ),
    ...element.attributes
      .filter(without)
      .filter((one) => (one.inheritedFrom !== undefined) === inherited)
      .map(({ name, description, type }): Row => ({ name, text: description, type: type?.text, chips: ['attribute'] })),
  ];
}

/** Shows one element; the one before it leaves the page. */
function show(element: PublicElement): void {
  outlines.replaceSync('');
  const sample = samples[element.tagName];
  const fired = make('ol', { class: 'fired', 'aria-label': 'Events that it fired', 'aria-live': 'polite' });
  const stage = make('div', { class: `stage ${sample?.low ? 'low' : ''}` });
  const live = showSample(element.tagName, stage);
  for (const { name } of element.events) {
    live.addEventListener(name, (event) =>
      fired.prepend(make('li', {}, make('code', {}, name), ` ${JSON.stringify((event as CustomEvent).detail)?.slice(0, 200) ?? ''}`)),
    );
  }
  const methods = (inherited: boolean): Row[] =>
    element.members
      .filter((one): one is ClassMethod => one.kind === 'method')
      .filter((one) => (one.inheritedFrom !== undefined) === inherited)
      .map((one) => ({ name: `${one.name}()`, text: one.description, type: signature(one) }));
  const events = (inherited: boolean): Row[] =>
    element.events
      .filter((one) => (one.inheritedFrom !== undefined) === inherited)
      .map(({ name, description, type }) => ({ name, text: description, type: type.text }));
  main.replaceChildren(
    make('h2', { dir: 'ltr' }, `<${element.tagName}>`),
    make('p', { class: 'about', dir: 'auto' }, ...prose(element.description)),
    make(
      'pre',
      { tabindex: 0, role: 'region', 'aria-label': 'How it is written', dir: 'ltr' },
      make('code', {}, sample?.markup ?? `<${element.tagName}></${element.tagName}>`),
    ),
    stage,
    fired,
    ...[
      section('Properties and attributes', properties(element, live, false)),
      section('Methods', methods(false)),
      section('Events', events(false)),
      section(
        'Slots',
        element.slots.map(({ name, description }) => ({ name: name || 'default', text: description })),
      ),
      section(
        'Parts',
        element.cssParts.map(({ name, description }) => ({ name, text: description, control: outline(element.tagName, name) })),
      ),
      section(
        'Custom properties',
        element.cssProperties.map(({ name, description, default: value }) => ({ name, text: description, type: value, control: customProperty(name, live) })),
      ),
      section(
        'States',
        element.cssStates.map(({ name, description }) => ({ name: `:state(${name})`, text: description })),
      ),
      section('Like every operator’s element', [...properties(element, live, true), ...methods(true), ...events(true)]),
    ].filter((one) => one !== null),
  );
  document.title = `${element.tagName} · Convene`;
  filter();
}

const namesOf = (element: PublicElement): string[] =>
  [element.tagName, ...element.members, ...element.attributes, ...element.events, ...element.slots, ...element.cssParts, ...element.cssProperties].map((one) =>
    (typeof one === 'string' ? one : one.name).toLowerCase(),
  );

/** Elements and rows that are called something like what is searched for. */
function filter(): void {
  const wanted = search.value.trim().toLowerCase();
  let found = 0;
  for (const [at, item] of [...list.children].entries()) {
    const names = namesOf(elements[at]!);
    const hits = names.filter((name) => name.includes(wanted)).length;
    (item as HTMLElement).hidden = hits === 0;
    item.querySelector('small')!.textContent = wanted ? String(hits) : '';
    found += hits === 0 ? 0 : 1;
  }
  none.textContent = found === 0 ? `Nothing is called “${search.value.trim()}”.` : '';
  const rows = [...main.querySelectorAll<HTMLElement>('.rows > li')];
  const matching = rows.filter((row) => row.dataset['name']!.includes(wanted));
  for (const row of rows) row.hidden = matching.length > 0 && !matching.includes(row);
  for (const each of main.querySelectorAll<HTMLElement>('section')) each.hidden = !each.querySelector('li:not([hidden])');
}

function follow(): void {
  const element = elements.find(({ tagName }) => `#${tagName}` === location.hash) ?? elements[0];
  if (!element) return;
  for (const link of list.querySelectorAll('a')) {
    if (link.hash === `#${element.tagName}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  show(element);
  main.scrollTop = 0;
}

list.append(...elements.map(({ tagName }) => make('li', {}, make('a', { href: `#${tagName}`, dir: 'ltr' }, tagName, make('small', {})))));
addEventListener('hashchange', () => {
  follow();
  main.focus({ preventScroll: true });
});
search.addEventListener('input', filter);

const root = document.documentElement;
const asked = new URLSearchParams(location.search);
root.dir = asked.get('dir') === 'rtl' ? 'rtl' : 'ltr';
if (asked.get('theme')) root.dataset['theme'] = asked.get('theme') ?? '';
document.querySelector('header')!.addEventListener('click', ({ target }) => {
  const { name } = target as HTMLButtonElement;
  const dark = root.dataset['theme'] ? root.dataset['theme'] === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  if (name === 'theme') root.dataset['theme'] = dark ? 'light' : 'dark';
  if (name === 'dir') root.dir = root.dir === 'rtl' ? 'ltr' : 'rtl';
});
follow();
