import type { Package } from 'custom-elements-manifest';

/**
 * Runs in the page: where the element on the reference's stage and the manifest differ, in either direction. Names of parts that
 * come only later are left to the manifest.
 * @param tag of the element that stands there
 */
export async function differences(tag: string): Promise<string[]> {
  interface LitClass extends CustomElementConstructor {
    observedAttributes?: readonly string[];
    elementProperties?: ReadonlyMap<string, { state?: boolean }>;
  }
  const { modules } = (await (await fetch('/custom-elements.json')).json()) as Package;
  const told = modules.flatMap(({ declarations = [] }) => declarations).find((one) => 'tagName' in one && one.tagName === tag);
  const live = document.querySelector(`main ${tag}`);
  const LiveClass = customElements.get(tag) as LitClass | undefined;
  if (!live?.shadowRoot || !LiveClass || !told || !('tagName' in told)) return [`no <${tag}> is there`];
  const names = (list: readonly { name: string }[] | undefined): string[] => (list ?? []).map(({ name }) => name);
  const fields = (told.members ?? []).filter(({ kind }) => kind === 'field');
  const methods = (told.members ?? []).filter(({ kind }) => kind === 'method');
  const reactive = [...(LiveClass.elementProperties ?? [])].filter(([, { state }]) => !state).map(([name]) => name);
  const own = LiveClass.elementProperties
    ? []
    : Object.entries(Object.getOwnPropertyDescriptors(LiveClass.prototype))
        .filter(([, { get }]) => get)
        .map(([name]) => name);

  /** Parts that rules outside reach: of this root, and those that elements in it pass on. */
  const partsOf = (root: ShadowRoot): string[] =>
    [...root.querySelectorAll('*')].flatMap((element) => {
      const passed = (element.getAttribute('exportparts') ?? '')
        .split(',')
        .map((pair) => pair.split(':').map((name) => name.trim()))
        .filter(([name]) => name);
      const inner = passed.length > 0 && element.shadowRoot ? partsOf(element.shadowRoot) : [];
      return [...element.part, ...passed.filter(([name]) => inner.includes(name!)).map(([name, as]) => as ?? name!)];
    });
  const slots = [...live.shadowRoot.querySelectorAll('slot')].map(({ name }) => name);
  const parts = partsOf(live.shadowRoot);
  const style = getComputedStyle(live);
  const missing = (what: string, wanted: readonly string[], there: readonly string[]): string[] =>
    wanted.filter((name) => !there.includes(name)).map((name) => `${what} ${name}`);
  return [
    ...missing('not observed:', names(told.attributes), LiveClass.observedAttributes ?? []),
    ...missing('not told of attribute', LiveClass.observedAttributes ?? [], names(told.attributes)),
    ...names(fields)
      .filter((name) => !(name in live))
      .map((name) => `no property ${name}`),
    ...missing('not told of property', [...reactive, ...own], names(fields)),
    ...names(methods)
      .filter((name) => typeof Reflect.get(live, name) !== 'function')
      .map((name) => `no method ${name}`),
    ...missing(
      'no part',
      names(told.cssParts).filter((name) => name !== 'teaser'),
      parts,
    ),
    ...missing('not told of part', parts, names(told.cssParts)),
    ...missing('no slot', names(told.slots), slots),
    ...missing('not told of slot', slots, names(told.slots)),
    ...names(told.cssProperties)
      .filter((name) => !name.startsWith('--conv-chat-') && !style.getPropertyValue(name))
      .map((name) => `no custom property ${name}`),
  ];
}
