/** Every channel at once: a message to play, the same once more, and all that went out. */
import { samples } from '../samples.ts';
import type { Sample } from '../samples.ts';
import { field as fieldOf, make, sync, timeOf } from './dom.ts';
import { follow, play } from './wire.ts';
import type { OutboxItem } from './wire.ts';

/** Brings the pane to life whose form and list stand in the page. */
export function mountAll(pane: HTMLElement): void {
  const form = pane.querySelector('form')!;
  const output = form.querySelector('output')!;
  const again = form.querySelector<HTMLButtonElement>('[name="again"]')!;
  const list = pane.querySelector('.out ol')!;
  const field = (name: string) => fieldOf(form, name);
  let last = '';

  const ask = follow(undefined, pane, ({ outbox }) => sync(list, outbox.slice(-30).toReversed(), ({ messageId }) => messageId, row));

  function fill({ from, name = '', subject = '', text }: Sample): void {
    Object.entries({ from, name, subject, text }).forEach(([key, value]) => (field(key).value = value));
  }

  function offer(): void {
    const known = samples[field('channel').value] ?? [];
    form.querySelector('.samples')!.replaceChildren(...known.map((sample) => make('button', { type: 'button', click: () => fill(sample) }, sample.label)));
    if (known[0]) fill(known[0]);
  }

  /** Plays the message; the same id again is the same message again, which the webhook has to notice. */
  async function send(externalId: string): Promise<void> {
    const { channel = '', from = '', name, subject, text } = Object.fromEntries(new FormData(form)) as Record<string, string>;
    output.value = 'On its way';
    const { words } = await play({ channel, from, text, externalId, name, ...(channel === 'email' && { subject }) });
    output.value = words;
    again.disabled = false;
    ask();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    last = `panel-${crypto.randomUUID()}`;
    void send(last);
  });
  again.addEventListener('click', () => void send(last));
  field('channel').addEventListener('change', offer);
  offer();
  ask();
}

function row({ channel, to, subject, text, at }: OutboxItem): HTMLElement {
  return make(
    'li',
    {},
    make('span', {}, channel),
    make('b', { dir: 'auto' }, to),
    timeOf(at),
    make('p', { dir: 'auto' }, [subject, text].filter(Boolean).join('\n')),
  );
}
