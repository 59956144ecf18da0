/** One message as the customer's phone shows it, with what can be done to it. */
import type { OutboxFile } from '../outbox.ts';
import { make, sizeOf, timeOf } from './dom.ts';
import type { OutboxItem, PlayedItem } from './wire.ts';

/** A row of the phone: what the customer sent, or what came from the business. */
export type Line = { mine: true; item: PlayedItem } | { mine: false; item: OutboxItem & { answered: boolean } };

export interface Acts {
  tap(item: OutboxItem, choice: { id: string; title: string }): void;
  /** Sends a number, where there is nothing to tap. */
  say(text: string): void;
  answer(item: OutboxItem): void;
  react(item: OutboxItem): void;
  fail(item: OutboxItem): void;
}

const words = { sent: 'Sent', delivered: 'Delivered', read: 'Read', failed: 'Failed', bounced: 'Bounced' } as const;
const canReact = new Set(['whatsapp', 'instagram']);

function showFile({ id, name = 'File', type = '', size, url }: OutboxFile): HTMLElement {
  if (!id) return make('span', { class: 'file' }, name === 'File' && url ? (new URL(url).pathname.split('/').at(-1) ?? name) : name);
  const source = `/demo/media/${id}`;
  if (type.startsWith('image/')) return make('img', { class: 'picture', src: source, alt: name, loading: 'lazy' });
  if (type.startsWith('audio/')) return make('audio', { src: source, controls: true, 'aria-label': name });
  if (type.startsWith('video/')) return make('video', { src: source, controls: true, 'aria-label': name });
  return make('a', { class: 'file', href: source, download: name }, `${name} · ${sizeOf(size)}`);
}

export function keyOf({ item, mine }: Line): string {
  return mine ? `in ${item.externalId}` : `out ${item.messageId}`;
}

export const drawLine =
  (acts: Acts) =>
  (line: Line): HTMLElement =>
    line.mine ? drawMine(line.item) : drawTheirs(line.item, acts);

function drawMine({ kind, text, attachments, status, at }: PlayedItem): HTMLElement {
  const app = kind === 'echo';
  const taken = status === 200 || status === 201;
  return make(
    'div',
    { class: app ? 'theirs app' : 'mine' },
    make('div', { class: kind === 'reaction' ? 'bubble bare' : 'bubble' }, ...attachments.map(showFile), text !== '' && make('p', { dir: 'auto' }, text)),
    make('small', {}, app && 'Sent from the phone app · ', timeOf(at), ' · ', taken ? 'Sent' : `Refused (${status})`),
  );
}

function drawTheirs(item: OutboxItem & { answered: boolean }, acts: Acts): HTMLElement {
  const { channel, text, choices = [], attachments = [], template, status, at, messageId, payload, headers } = item;
  const lines = text.split('\n');
  const spoken = lines.slice(0, lines.length - choices.length).join('\n');
  const numbers = choices.length > 0 ? [] : lines.flatMap((line) => /^(\d{1,2})\. /.exec(line)?.[1] ?? []);
  const button = (title: string, click: () => void) => make('button', { type: 'button', dir: 'auto', disabled: item.answered, click }, title);
  return make(
    'div',
    { class: 'theirs', 'data-message': messageId },
    make(
      'div',
      { class: 'bubble' },
      template && make('span', { class: 'label' }, `Template ${template}`),
      ...attachments.map(showFile),
      spoken !== '' && make('p', { dir: 'auto' }, spoken),
    ),
    choices.length > 0 &&
      make('div', { class: 'choices', role: 'group', 'aria-label': 'Choices' }, ...choices.map((choice) => button(choice.title, () => acts.tap(item, choice)))),
    numbers.length > 0 &&
      make('div', { class: 'choices inline', role: 'group', 'aria-label': 'Choices' }, ...numbers.map((number) => button(number, () => acts.say(number)))),
    make(
      'details',
      {},
      make('summary', {}, timeOf(at), ` · ${words[status ?? 'sent']}`),
      make(
        'p',
        { class: 'acts' },
        channel !== 'sms' && make('button', { type: 'button', click: () => acts.answer(item) }, 'Answer this one'),
        canReact.has(channel) && make('button', { type: 'button', click: () => acts.react(item) }, 'React with ❤️'),
        channel !== 'instagram' && make('button', { type: 'button', click: () => acts.fail(item) }, 'Report a failure'),
      ),
      make('p', { class: 'id' }, messageId),
      payload !== undefined &&
        make(
          'pre',
          { tabindex: '0', 'aria-label': 'What the receiver got' },
          [...(headers ?? []).map(({ name, value }) => `${name}: ${value}`), '', JSON.stringify(payload, null, 2)].join('\n'),
        ),
    ),
  );
}
