/** The browser's side of `wtr-chat-api.ts`: opens a chat's server, steers it, and reads and presses what is on the page. */
import { atRest } from './at-rest.ts';
import 'axe-core/axe.min.js';
import type { VisitorMessage } from '../../server/contract/message.ts';
import type { ConvChat } from '../../widgets/chat.ts';
import type { ChatOrder, ChatReport } from './wtr-chat-api.ts';
import { until } from './wtr-api-client.ts';
import type { ChatSeed } from './wtr-chat-world.ts';

export { until } from './wtr-api-client.ts';

let found: Promise<string> | undefined;
const server = (): Promise<string> => (found ??= fetch('/test-chat.json').then(async (response) => ((await response.json()) as { url: string }).url));

/** The server of one test's chat. */
export interface ChatServer {
  readonly base: string;
  order(order: ChatOrder): Promise<unknown>;
  say(text: string, message?: Partial<VisitorMessage>): Promise<unknown>;
  report(): Promise<ChatReport>;
}

export async function openChatServer(seed: ChatSeed = {}): Promise<ChatServer> {
  const url = await server();
  const post = async (path: string, body: unknown): Promise<unknown> => (await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
  const { name } = (await post('/chats', seed)) as { name: string };
  const order = (one: ChatOrder): Promise<unknown> => post(`/chats/${name}/order`, one);
  return {
    base: `${url}/chats/${name}`,
    order,
    say: (text, message) => order({ do: 'say', message: { text, ...message } }),
    report: async () => (await fetch(`${url}/chats/${name}/report`)).json() as Promise<ChatReport>,
  };
}

/** A JWT that reads like a host's; the server of the tests does not check its signature. */
export function identityOf(sub: string, seconds = 3_600): string {
  const part = (value: object): string => btoa(JSON.stringify(value));
  return `${part({ alg: 'none' })}.${part({ sub, aud: 'visitor', exp: Math.floor(Date.now() / 1000) + seconds })}.x`;
}

/** Puts a chat on the page. */
export function putChat(base: string, change: Partial<ConvChat> = {}, into: Node = document.body): ConvChat {
  const chat = document.createElement('conv-chat');
  Object.assign(chat, { base, workspace: 'morrow', ...change });
  into.appendChild(chat);
  return chat;
}

export const launcher = (chat: ConvChat): HTMLButtonElement => chat.shadowRoot!.querySelector('.launcher')!;
export const panelOf = (chat: ConvChat): HTMLElementTagNameMap['conv-chat-panel'] | null => chat.shadowRoot!.querySelector('conv-chat-panel');
export const inside = (chat: ConvChat, selector: string): HTMLElement[] => [...(panelOf(chat)?.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
export const the = (chat: ConvChat, selector: string): HTMLElement => {
  const [one] = inside(chat, selector);
  if (!one) throw new Error(`no ${selector} in the panel`);
  return one;
};
const words = (element: Element | null | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
/** What was said, by either side, as it stands in the log. */
export const said = (chat: ConvChat): string[] => inside(chat, '.say-body').map(words);
/** One's own messages and what their foot says: `Hello (Delivered)`. */
export const own = (chat: ConvChat): string[] =>
  inside(chat, '.say.me').map((one) => `${words(one.querySelector('.say-body'))} (${words(one.querySelector('.say-foot'))})`);
export const texts = (chat: ConvChat, selector: string): string[] => inside(chat, selector).map(words);
export const field = (chat: ConvChat): HTMLTextAreaElement => the(chat, 'textarea') as HTMLTextAreaElement;

/** Types into the field as a person does, without sending. */
export function type(chat: ConvChat, text: string): void {
  field(chat).value = text;
  field(chat).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

export function press(target: EventTarget, key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
}

/** Types and sends. */
export function write(chat: ConvChat, text: string): void {
  type(chat, text);
  press(field(chat), 'Enter');
}

/** Opens the chat and waits until its history was read. */
export async function openChat(chat: ConvChat): Promise<void> {
  await chat.open();
  await until(() => panelOf(chat)?.store?.get().phase === 'ready');
  await panelOf(chat)?.updateComplete;
}

/** What axe finds wrong, as `rule: what`. */
export async function findings(chat: Element): Promise<string[]> {
  await atRest(chat);
  const { violations } = await window.axe.run(chat, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${String(target)} ${html.slice(0, 120)}`));
}

/** What the browser keeps of chats. Pages of operators' elements, which other tests have open beside this one, keep theirs there too. */
export const keptOfChats = (storage: Storage): Record<string, string> =>
  Object.fromEntries(Object.entries(storage).filter(([key]) => !key.startsWith('convene-operator'))) as Record<string, string>;

/** Takes every chat off the page and forgets what the browser keeps of it. */
export function clearPage(): void {
  for (const chat of document.querySelectorAll('conv-chat')) chat.remove();
  for (const key of Object.keys(keptOfChats(localStorage))) localStorage.removeItem(key);
  sessionStorage.clear();
}
