/** Both pages side by side, and the panel that plays what providers would send. */
import { samples } from './samples.ts';
import type { Sample } from './samples.ts';

interface OutboxItem {
  channel: string;
  to: string;
  text: string;
  subject?: string;
  messageId: string;
  at: string;
}

const form = document.querySelector('form')!;
const output = form.querySelector('output')!;
const outbox = document.querySelector<HTMLOListElement>('.out ol')!;
const again = form.querySelector<HTMLButtonElement>('[name="again"]')!;
const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;

function fill({ from, name = '', subject = '', text }: Sample): void {
  Object.entries({ from, name, subject, text }).forEach(([key, value]) => (field(key).value = value));
}

function offer(): void {
  const known = samples[field('channel').value] ?? [];
  form.querySelector('.samples')!.replaceChildren(...known.map((sample) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = sample.label;
    button.addEventListener('click', () => fill(sample));
    return button;
  }));
  if (known[0]) fill(known[0]);
}
field('channel').addEventListener('change', offer);
offer();

/** Plays a message; the same id again is the same message again, which the webhook has to notice. */
async function play(externalId: string): Promise<void> {
  const { channel, from, name, subject, text } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  output.value = 'On its way';
  const answer = await fetch('/demo/inbound', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel, from, text, externalId, ...(name ? { name } : {}), ...(channel === 'email' && subject ? { subject } : {}) }),
  });
  const told = (await answer.json()) as { status?: number; detail?: string };
  output.value = answer.ok ? `The webhook answered ${told.status}` : (told.detail ?? 'It was refused');
  again.disabled = false;
}

let last = '';
form.addEventListener('submit', (event) => {
  event.preventDefault();
  last = `panel-${crypto.randomUUID()}`;
  void play(last);
});
again.addEventListener('click', () => void play(last));

let shown = '';
async function readOutbox(): Promise<void> {
  const { items } = (await (await fetch('/demo/outbox')).json()) as { items: OutboxItem[] };
  const newest = items.slice(-30).toReversed();
  const state = newest.map((item) => item.messageId).join();
  if (state === shown) return;
  shown = state;
  outbox.replaceChildren(...newest.map(row));
}

function row({ channel, to, subject, text, at }: OutboxItem): HTMLLIElement {
  const item = document.createElement('li');
  const time = make('time', new Date(at).toLocaleTimeString());
  item.append(make('span', channel), make('b', to), time, make('p', [subject, text].filter(Boolean).join('\n')));
  return item;
}

function make(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.dir = 'auto';
  element.textContent = text;
  return element;
}

void readOutbox();
setInterval(() => {
  if (document.visibilityState === 'visible') readOutbox().catch(() => {});
}, 1_500);

document.querySelector('[name="panel"]')!.addEventListener('click', ({ currentTarget }) => {
  const open = document.body.dataset['panel'] !== 'open';
  document.body.dataset['panel'] = open ? 'open' : 'closed';
  (currentTarget as HTMLButtonElement).ariaExpanded = String(open);
});
document.querySelector('[name="reset"]')!.addEventListener('click', async ({ currentTarget }) => {
  const button = currentTarget as HTMLButtonElement;
  button.disabled = true;
  await fetch('/demo/reset', { method: 'POST' });
  button.disabled = false;
});
