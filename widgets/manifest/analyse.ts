/** The custom-elements manifest: what the public elements are to a page, read from their code and their doc comments. */
import { readFile } from 'node:fs/promises';
import { create, ts, type Node, type Plugin } from '@custom-elements-manifest/analyzer';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import type { ClassField, ClassMember, CustomElementDeclaration, CustomElementField, Event, Module, Package } from 'custom-elements-manifest';

const folder = new URL('../', import.meta.url);
const bases = ['ui/base.ts', 'store/element.ts'];
/** Where custom properties stand with what they are unless a page says otherwise. */
const sheets = ['ui/tokens.ts', 'ui/desk-tokens.ts', 'ui/sheets/launcher.ts'];
const entries = ['index.ts', 'chat.ts'];

/** What is found in the code beyond what the analyzer finds: tags, members that are a page's to use, and how events are typed. */
interface Found {
  readonly tags: Map<string, string>;
  readonly members: Map<string, ReadonlySet<string>>;
  readonly events: Map<string, Map<string, string>>;
  readonly css: string;
}

/** An element of the manifest, with every list there. */
export type PublicElement = CustomElementDeclaration &
  Required<
    Pick<CustomElementDeclaration, 'tagName' | 'description' | 'members' | 'attributes' | 'events' | 'slots' | 'cssParts' | 'cssProperties' | 'cssStates'>
  >;

/** The interface of `events.ts` or of the chat that types the events of an element. */
export const eventsOf = (tag: string): 'ConvEvents' | 'ConvChatEvents' => (tag === 'conv-chat' ? 'ConvChatEvents' : 'ConvEvents');

/** A property, not a method. */
export const isField = (member: ClassMember): member is CustomElementField => member.kind === 'field';

/** The elements of a manifest, in its order. */
export const elementsOf = (manifest: Package): readonly PublicElement[] => manifest.modules.flatMap(({ declarations = [] }) => declarations as PublicElement[]);

/**
 * The manifest of every element that an entry of `widgets/` exports, by the schema of `custom-elements-manifest` 2.1. Private,
 * protected and `@internal` members stay out.
 * @throws where an element says too little of itself: an event without a type, a member or a part without a description
 */
export async function analyse(): Promise<Package> {
  const exported = await Promise.all(entries.map((name) => readFile(new URL(name, folder), 'utf8')));
  const elements = [...exported.join('').matchAll(/from '\.\/(elements\/(?!events)[a-z-]+\.ts)'/g)].map(([, path]) => path!);
  const modules = await Promise.all(
    [...bases, 'elements/events.ts', ...elements].map(async (path) =>
      ts.createSourceFile(`widgets/${path}`, await readFile(new URL(path, folder), 'utf8'), ts.ScriptTarget.ES2022, true),
    ),
  );
  const css = (await Promise.all(sheets.map((path) => readFile(new URL(path, folder), 'utf8')))).join('');
  const found: Found = { tags: new Map(), members: new Map(), events: new Map(), css };
  const { modules: read } = create({ modules, plugins: [...litPlugin(), finding(found)], context: { dev: false } });
  const described = read.filter(({ path }) => elements.some((element) => path === `widgets/${element}`)).map((module) => publicModule(module, found));
  const silent = described.flatMap(({ declarations = [] }) => faultsOf(declarations[0] as PublicElement));
  const fired = new Set(described.flatMap(({ declarations = [] }) => (declarations[0] as PublicElement).events.map(({ name }) => name)));
  for (const names of found.events.values()) for (const name of names.keys()) if (!fired.has(name)) silent.push(`no element fires ${name}`);
  if (silent.length > 0) throw new Error(`The elements say too little of themselves:\n${silent.join('\n')}`);
  return { schemaVersion: '2.1.0', readme: 'README.md', modules: described };
}

function finding({ tags, members, events }: Found): Plugin {
  const { SyntaxKind } = ts;
  return {
    name: 'convene',
    analyzePhase({ node }) {
      const name = node.name?.getText() ?? '';
      if (node.kind === SyntaxKind.CallExpression && node.expression?.getText() === 'define') {
        const [tag, element] = node.arguments ?? [];
        tags.set(element?.getText() ?? '', tag?.text ?? '');
      } else if (node.kind === SyntaxKind.ClassDeclaration) {
        members.set(name, new Set(node.members?.filter((member) => !isInternal(member)).map((member) => member.name?.getText() ?? '')));
      } else if (node.kind === SyntaxKind.InterfaceDeclaration && /^Conv(Chat)?Events$/.test(name)) {
        events.set(name, new Map(node.members?.map((member) => [member.name?.text ?? '', member.type?.getText() ?? ''])));
      }
    },
  };
}

/** The compiler leaves out of declarations what has this in its comment; so does the manifest. */
const isInternal = (member: Node): boolean => member.getFullText().includes('@internal');

const published = (path: string): string => path.replace(/^\/?widgets\/(.*)\.ts$/, 'dist/modules/$1.js');

function publicModule(module: Module, found: Found): Module {
  const path = published(module.path);
  const element = module.declarations?.find(({ kind, name }) => kind === 'class' && found.tags.has(name)) as CustomElementDeclaration | undefined;
  if (!element) throw new Error(`${module.path} defines no element`);
  const declaration = { name: element.name, module: path };
  const tag = found.tags.get(element.name)!;
  return {
    kind: 'javascript-module',
    path,
    declarations: [publicElement(element, tag, found)],
    exports: [
      { kind: 'js', name: element.name, declaration },
      { kind: 'custom-element-definition', name: tag, declaration },
    ],
  };
}

function publicElement(element: CustomElementDeclaration, tagName: string, { members: known, events, css }: Found): PublicElement {
  const own = [element.name, 'StoreElement', 'ConvElement'].map((name) => known.get(name));
  const isOwn = (name: string): boolean => own.some((names) => names?.has(name));
  const typed = events.get(eventsOf(tagName));
  const members = (element.members ?? [])
    .filter((member) => isOwn(member.name) && !member.static && (member.privacy ?? 'public') === 'public')
    .map(publicMember);
  const attributes = (element.attributes ?? []).map(({ inheritedFrom, ...attribute }) => {
    const field = fieldFor(attribute.name, members);
    if (field) Object.assign(field, { attribute: attribute.name, ...(tagName === 'conv-chat' ? { reflects: true } : {}) });
    return { ...attribute, ...from(inheritedFrom), ...(field ? { fieldName: field.name } : {}), type: { text: plain(field?.type?.text ?? 'string') } };
  });
  return {
    kind: 'class',
    customElement: true,
    tagName,
    name: element.name,
    description: element.description?.replace(/\s*\n(?!\n)\s*/g, ' ') ?? '',
    superclass: { name: 'HTMLElement', package: 'global:' },
    attributes,
    members,
    events: (element.events ?? [])
      .filter(({ description }) => description)
      .map(({ inheritedFrom, ...event }): Event => ({ ...event, ...from(inheritedFrom), type: { text: typed?.get(event.name) ?? '' } })),
    slots: element.slots ?? [],
    cssParts: element.cssParts ?? [],
    cssProperties: (element.cssProperties ?? []).map((one) => ({ ...one, default: one.default ?? unlessTold(css, one.name) })),
    cssStates: element.cssStates ?? [],
  };
}

function fieldFor(attribute: string, members: readonly ClassMember[]): ClassField | undefined {
  const name = attribute.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return members.filter(isField).find((member) => member.name === name);
}

const publicMember = ({ privacy: _, inheritedFrom, ...member }: ClassMember): ClassMember => ({ ...member, ...from(inheritedFrom) });

/** Where something is inherited from, as it is published. */
const from = (reference: ClassField['inheritedFrom']): Pick<ClassField, 'inheritedFrom'> =>
  reference?.module ? { inheritedFrom: { name: reference.name, module: published(reference.module) } } : {};

/** What a custom property is where no page sets it; undefined where no sheet knows it. */
const unlessTold = (css: string, name: string): string | undefined =>
  (new RegExp(`\\s${name}: ([^;]+);`).exec(css) ?? new RegExp(`var\\(${name}, ([^)]+)\\)`).exec(css))?.[1];

/** A type without `undefined`, which an attribute that is not there stands for. */
const plain = (type: string): string => type.replace(/ \| undefined$/, '');

function faultsOf({ tagName, description, members, attributes, events, slots, cssParts, cssProperties, cssStates }: PublicElement): string[] {
  const parts = [...members, ...attributes, ...events, ...slots, ...cssParts, ...cssProperties, ...cssStates];
  return [
    ...(description ? [] : ['is not described']),
    ...parts.filter((one) => !one.description).map(({ name }) => `${name} is not described`),
    ...cssProperties.filter((one) => !one.default).map(({ name }) => `no sheet knows ${name}`),
    ...events.filter(({ type }) => !type.text).map(({ name }) => `the event ${name} is not in ${eventsOf(tagName)}`),
    ...[...attributes, ...events, ...cssParts, ...cssProperties, ...cssStates]
      .filter(({ name }) => !/^[\w-]+$/.test(name))
      .map(({ name }) => `“${name}” is no name`),
  ].map((fault) => `<${tagName}>: ${fault}`);
}
