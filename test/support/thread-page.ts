/** The browser's side of tests of an open conversation: puts one on the page, and reads and presses what is in it. */
import type { Intent } from '../../server/contract/settings.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import { wrongs } from './element-page.ts';
import { ana, at, ben, id, marta, nova } from './thread-world.ts';
import { openInbox, until, type Inbox } from './wtr-api-client.ts';
import type { Seed } from './wtr-api-world.ts';

const stored = { version: 1, createdAt: at(-1_000) };
const operator = { ...stored, picture: null, role: 'operator' as const, active: true };
const agent = {
  ...stored,
  updatedAt: at(-1_000),
  avatarUrl: null,
  active: true,
  instructions: '',
  classifierOn: true,
  classifierInstruction: '',
  languages: [],
  autoReplyIntents: [],
  reservedIntents: [],
  fallbackLimit: 2,
  burstWaitMs: 0,
};
export const sol = { ...agent, id: '01970000-0000-7000-9000-0000000000a2', name: 'Sol', replyMode: 'auto_draft' as const };
export const iris = { ...agent, id: '01970000-0000-7000-9000-0000000000a3', name: 'Old Iris', replyMode: 'auto_send' as const, active: false };
const intent = (name: string, label: string, hot: boolean): Intent => ({ ...stored, id: id(), name, label, description: '', hot, examples: [], position: 0 });

const card = id();

/** What every test finds in the inbox besides its conversation. */
export const lists: NonNullable<Seed['lists']> = {
  operators: [
    { ...operator, ...ana },
    { ...operator, ...ben },
  ],
  agents: [{ ...agent, id: nova.id, name: nova.name, replyMode: 'auto_send' as const }, sol, iris],
  intents: [intent('complaint', 'Complaint', true), intent('question', 'Question', false), intent('person', 'Wants a person', true)],
  routes: [{ ...stored, id: id(), label: 'A call', kind: 'call', hint: '', departmentId: null, active: true, position: 0 } as { id: string }],
  'guidance-cards': [
    { ...stored, id: card, surface: 'classifier', title: 'Acknowledgements', text: 'Quiet on thanks', scope: {}, active: true, position: 0 } as { id: string },
  ],
  departments: [{ ...stored, id: id(), name: 'Care', operatorIds: [] } as { id: string }],
};
export const contact = {
  ...marta,
  timeZone: null,
  attributes: {},
  createdAt: at(-1_000),
  version: 1,
  identities: [
    { id: id(), channel: 'chat' as const, handle: 'visitor' },
    { id: id(), channel: 'sms' as const, handle: '+351912555016' },
  ],
};

export interface Opened {
  readonly inbox: Inbox;
  readonly element: HTMLElementTagNameMap['conv-thread'];
  close(): Promise<void>;
}

/** Puts `<conv-thread>` on the page with a conversation, and waits until its lines are there. */
export async function openThread(
  one: SharedConversation & { unread?: number },
  messages: readonly Message[],
  more: Partial<Seed> = {},
  height = 640,
): Promise<Opened> {
  const inbox = await openInbox({ conversations: [one], messages: [...messages], contacts: [contact], lists, ...more });
  const element = document.createElement('conv-thread');
  Object.assign(element, { base: inbox.base, token: inbox.token, conversation: one.id });
  element.style.setProperty('block-size', `${height}px`);
  document.body.style.setProperty('margin', '0');
  document.body.append(element);
  // Shown, and listening: what is told before that belongs to what was there.
  await until(() => inside(element, 'conv-composer textarea, conv-composer mail-editor, conv-composer .lock').length > 0 && element.connection === 'live');
  return {
    inbox,
    element,
    async close() {
      element.remove();
      localStorage.clear();
      sessionStorage.clear();
      await inbox.close();
    },
  };
}

/** Every element that matches, through the shadow roots on the way: a space goes into one where there is one. */
export function inside(root: Element | ShadowRoot, selector: string): HTMLElement[] {
  const found: HTMLElement[] = [];
  const [own = selector] = [selector];
  const walk = (node: Element | ShadowRoot): void => {
    for (const child of node.querySelectorAll('*')) {
      if (child instanceof HTMLElement && matches(child, own)) found.push(child);
      if (child.shadowRoot) walk(child.shadowRoot);
    }
  };
  if (root instanceof Element && root.shadowRoot) walk(root.shadowRoot);
  else walk(root);
  return found;
}

/** A selector whose parts may lie in different shadow roots: `conv-composer textarea`. */
function matches(element: Element, selector: string): boolean {
  return selector.split(',').some((alternative) => {
    const parts = alternative.trim().split(/\s+/);
    const last = parts.pop();
    if (!last || !element.matches(last)) return false;
    let at: Element | null = element;
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      at = above(at);
      while (at && !at.matches(part)) at = above(at);
      if (!at) return false;
    }
    return true;
  });
}

function above(element: Element | null): Element | null {
  if (!element) return null;
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** The one that matches and reads so; fails where there is none. */
export function the(root: Element, selector: string, text = ''): HTMLElement {
  const found = inside(root, selector).find((node) => (node.ariaLabel ?? '').includes(text) || node.innerText.replace(/\s+/g, ' ').includes(text));
  if (!found)
    throw new Error(
      `no ${selector} “${text}” among ${inside(root, selector)
        .map((node) => `“${node.innerText}”`)
        .join(', ')}`,
    );
  return found;
}

/** What is read on the lines in the page, top to bottom. */
export const lines = (element: Element): string[] =>
  inside(element, 'conv-log .line')
    .toSorted((one, other) => Number(one.dataset['index']) - Number(other.dataset['index']))
    .map((line) => (line.innerText || inside(line, '*').map((node) => node.innerText)[0] || '').replace(/\s+/g, ' ').trim());

/** The element that has the focus, down through the shadow roots. */
export function focused(): Element | null {
  let at: Element | null = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

export function press(key: string, more: KeyboardEventInit = {}, target: Element = focused() ?? document.body): boolean {
  return target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }));
}

/** Types into a field as a person does: the text is there, then the field says so. */
export function type(field: HTMLElement, text: string): void {
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) throw new Error('not a field');
  field.focus();
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

/** What axe finds wrong, once what moves has come to rest. */
export async function findings(element: Element): Promise<string[]> {
  for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
  return wrongs(element);
}

export { until };
