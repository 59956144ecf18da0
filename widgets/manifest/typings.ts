/** Declarations of the public elements for TypeScript, and for JSX of React, for Vue and for Svelte, made from the manifest. */
import { readFile } from 'node:fs/promises';
import type { ClassMember, Package } from 'custom-elements-manifest';
import { elementsOf, eventsOf, isField, type PublicElement } from './analyse.ts';
import { Declarations } from './sources.ts';

const entries = ['index.ts', 'chat.ts'];
const isMethod = (member: ClassMember): member is Extract<ClassMember, { kind: 'method' }> => member.kind === 'method';
const doc = (text: string | undefined, indent = ''): string => (text ? `${indent}/** ${text.replace(/\s*\n\s*/g, ' ')} */\n` : '');

/**
 * @param contract types of the server's contract that pages come to see, by name, as TypeScript
 * @returns the text of each file of `dist/types` by its path there
 */
export async function typings(manifest: Package, contract: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
  const elements = elementsOf(manifest);
  const types = new Declarations(contract);
  await types.need('ConvEvents', 'elements/events.ts');
  await types.need('ConvChatEvents', 'elements/conv-chat.ts');
  const files = new Map<string, string>();
  for (const element of elements) {
    const shape = members(element);
    await types.needAll(shape, `elements/${element.tagName}.ts`);
    if (element.tagName !== 'conv-chat') await types.needAll(shape, 'store/element.ts');
    files.set(`elements/${element.tagName}.d.ts`, declaration(element, shape, types.texts));
  }
  for (const entry of entries) files.set(entry.replace('.ts', '.d.ts'), await reexports(entry, elements, types));
  files.set(
    'types.d.ts',
    `${[...types.texts.values()].join('\n\n')}\n\ndeclare global {\n  interface HTMLElementEventMap extends ConvEvents {}\n}\n\nexport {};\n`,
  );
  files.set('elements.d.ts', maps(elements));
  files.set('react.d.ts', react(elements));
  files.set('vue.d.ts', vue(elements));
  files.set('svelte.d.ts', svelte(elements));
  return files;
}

function members(element: PublicElement): string {
  const fields = element.members
    .filter(isField)
    .map(({ name, description, type, readonly }) => `${doc(description, '  ')}  ${readonly ? 'readonly ' : ''}${name}: ${type?.text ?? 'unknown'};\n`);
  const methods = element.members.filter(isMethod).map((method) => {
    const parameters = (method.parameters ?? []).map(({ name, optional, type }) => `${name}${optional ? '?' : ''}: ${type?.text ?? 'unknown'}`);
    return `${doc(method.description, '  ')}  ${method.name}(${parameters.join(', ')}): ${method.return?.type?.text ?? 'void'};\n`;
  });
  return [...fields, ...methods].join('');
}

/** Where the names of an element's events mean something else in the global map, it says so itself. */
const listeners = (events: string): string =>
  ['add', 'remove']
    .flatMap((verb) =>
      ['K extends keyof ' + events, 'K extends keyof HTMLElementEventMap', ''].map((generic, at) => {
        const listener =
          at === 2 ? 'EventListenerOrEventListenerObject' : `(this: HTMLElement, event: ${at === 0 ? events : 'HTMLElementEventMap'}[K]) => unknown`;
        return `  ${verb}EventListener${generic && `<${generic}>`}(type: ${generic ? 'K' : 'string'}, listener: ${listener}, options?: boolean | ${verb === 'add' ? 'AddEventListenerOptions' : 'EventListenerOptions'}): void;\n`;
      }),
    )
    .join('');

function declaration(element: PublicElement, shape: string, known: ReadonlyMap<string, string>): string {
  const events = eventsOf(element.tagName);
  const text = `${shape}${events === 'ConvChatEvents' ? listeners(events) : ''}`;
  const named = [...known.keys()].filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  return (
    `${named.length > 0 ? `import type { ${named.join(', ')} } from '../types.js';\n` : ''}import '../types.js';\n\n${doc(element.description)}export declare class ${element.name} extends HTMLElement {\n${text}}\n\n` +
    `declare global {\n  interface HTMLElementTagNameMap {\n    '${element.tagName}': ${element.name};\n  }\n}\n`
  );
}

/** What an entry exports, from where the declarations have it. */
async function reexports(entry: string, elements: readonly PublicElement[], types: Declarations): Promise<string> {
  const source = await readFile(new URL(`../${entry}`, import.meta.url), 'utf8');
  const lines: string[] = [];
  for (const [, typesOnly, names, path] of source.matchAll(/^export (type )?\{([^}]*)\} from '\.\/([^']+)';$/gm)) {
    for (const one of names!
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)) {
      const name = one.replace(/^type /, '');
      const element = elements.find((each) => each.name === name);
      if (!element) await types.need(name, path!);
      lines.push(`export ${typesOnly || one !== name ? 'type ' : ''}{ ${name} } from './${element ? `elements/${element.tagName}` : 'types'}.js';`);
    }
  }
  for (const [, name] of source.matchAll(/^export (?:const|function|async function) (\w+)/gm)) {
    await types.need(name!, entry);
    lines.push(`export { ${name} } from './types.js';`);
  }
  return `import './types.js';\n${lines.join('\n')}\n`;
}

const map = (name: string, about: string, elements: readonly PublicElement[], of: (element: PublicElement) => string): string =>
  `${doc(about)}export interface ${name} {\n${elements.map((element) => `  '${element.tagName}': ${of(element)};\n`).join('')}}\n\n`;
const union = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(' | ') || 'never';

function maps(elements: readonly PublicElement[]): string {
  const imports = elements.map(({ name, tagName }) => `import type { ${name} } from './elements/${tagName}.js';\n`).join('');
  const settable = ({ members: all }: PublicElement): string[] =>
    all
      .filter(isField)
      .filter(({ readonly }) => !readonly)
      .map(({ name }) => name);
  return `${imports}import type { ConvChatEvents, ConvEvents } from './types.js';\n\n${map(
    'Elements',
    'The class of each element.',
    elements,
    ({ name }) => name,
  )}${map('ElementProperties', 'What can be set of each element.', elements, (element) => `Partial<Pick<${element.name}, ${union(settable(element))}>>`)}${map(
    'ElementAttributes',
    'Attributes that are written otherwise than their properties.',
    elements,
    ({ name, attributes }) =>
      `{ ${attributes
        .filter((one) => one.fieldName !== one.name)
        .map((one) => `'${one.name}'?: ${name}['${one.fieldName}']`)
        .join('; ')} }`,
  )}${map(
    'ElementEvents',
    'The events of each element.',
    elements,
    ({ tagName, events }) => `Pick<${eventsOf(tagName)}, ${union(events.map(({ name }) => name))}>`,
  )}${map('ElementSlots', 'The slots of each element.', elements, ({ slots }) => union(slots.map(({ name }) => name || 'default')))}`;
}

const shared = `import type { ElementAttributes, ElementEvents, ElementProperties, Elements } from './elements.js';

type Own<T extends keyof Elements> = ElementProperties[T] & ElementAttributes[T];
`;
const listed = (elements: readonly PublicElement[]): string => elements.map(({ tagName }) => `'${tagName}': Tag<'${tagName}'>;`).join('\n      ');
const listening = 'type On<E> = { [K in keyof E & string as `on${K}`]?: (event: E[K]) => void };';

const react = (elements: readonly PublicElement[]): string => `import type { DetailedHTMLProps, HTMLAttributes } from 'react';
${shared}${listening}
type Tag<T extends keyof Elements> = Omit<DetailedHTMLProps<HTMLAttributes<Elements[T]>, Elements[T]>, keyof Own<T>> & Own<T> & On<ElementEvents[T]>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      ${listed(elements)}
    }
  }
}
`;

const vue = (elements: readonly PublicElement[]): string => `import type { AllowedComponentProps, HTMLAttributes, VNodeProps } from 'vue';
${shared.replace('ElementProperties, ', 'ElementProperties, ElementSlots, ')}type Camel<S extends string> = S extends \`\${infer A}-\${infer B}\` ? \`\${A}\${Capitalize<Camel<B>>}\` : S;
type On<E> = { [K in keyof E & string as \`on\${Capitalize<Camel<K>>}\`]?: (event: E[K]) => void };
type Tag<T extends keyof Elements> = new () => {
  $props: Omit<HTMLAttributes, keyof Own<T>> & Own<T> & On<ElementEvents[T]> & VNodeProps & AllowedComponentProps;
  $slots: { [S in ElementSlots[T]]?: () => unknown };
};

declare module 'vue' {
  interface GlobalComponents {
      ${listed(elements)}
  }
}
`;

const svelte = (elements: readonly PublicElement[]): string => `import type { HTMLAttributes } from 'svelte/elements';
${shared}${listening}
type Tag<T extends keyof Elements> = Omit<HTMLAttributes<Elements[T]>, keyof Own<T>> & Own<T> & On<ElementEvents[T]>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
      ${listed(elements)}
  }
}
`;
