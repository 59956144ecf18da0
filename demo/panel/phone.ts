/** A customer's phone on one channel: what they see there, and what they and the provider send back through the webhook. */
import { field, make, sync } from './dom.ts';
import { drawLine, keyOf } from './message.ts';
import type { Acts, Line } from './message.ts';
import { peopleOf, withStrangers } from './people.ts';
import type { Person } from './people.ts';
import { samples } from '../samples.ts';
import { drawPicture, follow, play, readFiles } from './wire.ts';
import type { Feed, OutboxItem, Play } from './wire.ts';

interface PhoneOptions {
  channel: 'sms' | 'whatsapp' | 'instagram' | 'custom';
  /** How a customer is named on this channel. */
  handle: { label: string; example: string };
  /** Words that are one tap away. */
  words: readonly string[];
  /** Whether the provider repeats what the business writes in its own app. */
  app: boolean;
}

const somebodyNew = ' new';

/** Fills a pane with a phone. */
export function mountPhone(pane: HTMLElement, { channel, handle, words, app }: PhoneOptions): void {
  const known = peopleOf(channel);
  let feed: Feed = { outbox: [], played: [] };
  let person: Person = known[0] ?? { handle: handle.example, name: handle.example };
  let answering: OutboxItem | undefined;
  const reading = new Set<string>();

  const who = make('select', { name: 'who', change: choose });
  const fresh = make(
    'form',
    { class: 'fresh', hidden: true, submit: create },
    make('label', {}, 'Name ', make('input', { name: 'name', maxlength: '320', autocomplete: 'off' })),
    make(
      'label',
      {},
      `${handle.label} `,
      make('input', { name: 'handle', dir: 'ltr', required: true, maxlength: '320', autocomplete: 'off', placeholder: handle.example }),
    ),
    make('button', { type: 'submit' }, 'Take this phone'),
  );
  const receipts = make('input', { type: 'checkbox', name: 'receipts', checked: true });
  const thread = make('div', { class: 'thread', role: 'log', 'aria-label': 'On this phone', tabindex: '0' });
  const told = make('output', {});
  const files = make('input', { type: 'file', multiple: true, 'aria-label': 'Files', change: countFiles });
  const answers = make('p', { class: 'answers', hidden: true });
  const write = make(
    'form',
    { class: 'write', submit: (event) => void send(event) },
    answers,
    make('textarea', { name: 'text', rows: '2', dir: 'auto', 'aria-label': 'Message', placeholder: 'Message', keydown: sendOnEnter }),
    make('label', { class: 'attach' }, make('span', {}, 'Attach'), files),
    make('button', { type: 'submit', class: 'primary' }, 'Send'),
  );
  const echo =
    app &&
    make(
      'details',
      { class: 'aside' },
      make('summary', {}, 'Answer from the phone app'),
      make(
        'form',
        { submit: (event) => void sendEcho(event) },
        make('p', {}, 'As somebody of the business who answers on the same number with the app: it counts as a person taking over.'),
        make('label', {}, 'Answer ', make('textarea', { name: 'text', rows: '2', dir: 'auto', required: true })),
        make('button', { type: 'submit' }, 'Send from the app'),
      ),
    );

  pane.replaceChildren(
    make(
      'div',
      { class: 'phone', 'data-skin': channel },
      make(
        'div',
        { class: 'phone-bar' },
        make('label', {}, make('span', { class: 'sr' }, 'Whose phone'), who),
        make('label', { class: 'check' }, receipts, ' Reports what is read'),
        fresh,
      ),
      thread,
      make(
        'div',
        { class: 'quick', role: 'group', 'aria-label': 'Quick messages' },
        ...words.map((word) => make('button', { type: 'button', click: () => void deliver({ text: word }) }, word)),
        ...(samples[channel] ?? []).map((sample) => make('button', { type: 'button', click: () => fill(sample.from, sample.text, sample.name) }, sample.label)),
        make('button', { type: 'button', click: () => void drawPicture().then((picture) => deliver({ files: [picture] })) }, 'A picture'),
      ),
      write,
      told,
      echo || null,
    ),
  );

  const acts: Acts = {
    tap: (item, { id }) => void deliver({ choice: { id }, inReplyTo: item.messageId }),
    say: (text) => void deliver({ text }),
    answer(item) {
      answering = item;
      answers.replaceChildren(
        'Answers: ',
        make('q', { dir: 'auto' }, item.text.slice(0, 60)),
        ' ',
        make('button', { type: 'button', click: stopAnswering }, 'Not this one'),
      );
      answers.hidden = false;
      field(write, 'text').focus();
    },
    react: (item) => void deliver({ kind: 'reaction', text: '❤️', inReplyTo: item.messageId }),
    fail: (item) => void deliver({ kind: 'failed', inReplyTo: item.messageId }),
  };

  const ask = follow(channel, pane, (next) => {
    feed = next;
    show();
  });
  show();
  ask();

  function show(): void {
    const all = withStrangers([...known, person], feed);
    const unread = (one: string) => feed.outbox.filter(({ to, status }) => to === one && status !== 'read' && status !== 'failed').length;
    const options = [
      ...all.map((one) => ({ ...one, unread: one.handle === person.handle ? 0 : unread(one.handle) })),
      { handle: somebodyNew, name: 'Somebody new …', unread: 0 },
    ];
    sync(
      who,
      options,
      (one) => one.handle,
      ({ handle: value, name, unread: count }) =>
        make('option', { value }, [name, name === value || value === somebodyNew ? '' : ` · ${value}`, count > 0 ? ` (${count} new)` : ''].join('')),
    );
    if (fresh.hidden) who.value = person.handle;

    const theirs = feed.outbox.filter(({ to }) => to === person.handle);
    const mine = feed.played.filter(({ from }) => from === person.handle);
    const tapped = new Set(mine.map(({ inReplyTo }) => inReplyTo));
    const lines: Line[] = [
      ...mine.map((item) => ({ mine: true as const, item })),
      ...theirs.map((item) => ({ mine: false as const, item: { ...item, answered: (item.choices?.length ?? 0) > 0 && tapped.has(item.messageId) } })),
    ].toSorted((a, b) => a.item.at.localeCompare(b.item.at));
    const before = thread.childElementCount;
    sync(thread, lines, keyOf, drawLine(acts));
    if (thread.childElementCount !== before) thread.scrollTop = thread.scrollHeight;
    if (receipts.checked) theirs.forEach(report);
  }

  /** Whoever looks at the phone has read what is on it. */
  function report({ messageId, status }: OutboxItem): void {
    if (status === 'read' || status === 'failed' || reading.has(messageId)) return;
    reading.add(messageId);
    void play({ channel, from: person.handle, kind: 'read', inReplyTo: messageId }).then(({ taken }) => {
      if (!taken) reading.delete(messageId);
      ask();
    });
  }

  function choose(): void {
    fresh.hidden = who.value !== somebodyNew;
    if (!fresh.hidden) return field(fresh, 'handle').focus();
    person = withStrangers([...known, person], feed).find((one) => one.handle === who.value) ?? person;
    stopAnswering();
    show();
  }

  function create(event: Event): void {
    event.preventDefault();
    take(field(fresh, 'handle').value.trim(), field(fresh, 'name').value.trim());
    fresh.reset();
    field(write, 'text').focus();
  }

  function take(value: string, name: string): void {
    fresh.hidden = true;
    person = withStrangers(known, feed).find((one) => one.handle === value) ?? { handle: value, name: name || value };
    stopAnswering();
    show();
  }

  function fill(from: string, text: string, name = ''): void {
    take(from, name);
    field(write, 'text').value = text;
    field(write, 'text').focus();
  }

  function stopAnswering(): void {
    answering = undefined;
    answers.hidden = true;
  }

  function countFiles(): void {
    const count = files.files?.length ?? 0;
    files.previousElementSibling!.textContent = count === 0 ? 'Attach' : count === 1 ? '1 file' : `${count} files`;
  }

  function sendOnEnter(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    write.requestSubmit();
  }

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    const text = field(write, 'text').value.trim();
    const chosen = await readFiles(files);
    if (text === '' && chosen.length === 0) return;
    const taken = await deliver({ text, files: chosen, inReplyTo: answering?.messageId });
    if (!taken) return;
    write.reset();
    countFiles();
    stopAnswering();
  }

  async function sendEcho(event: Event): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (await deliver({ kind: 'echo', text: field(form, 'text').value })) form.reset();
  }

  async function deliver(message: Omit<Play, 'channel' | 'from' | 'name'>): Promise<boolean> {
    told.value = 'On its way';
    const name = person.name === person.handle ? undefined : person.name;
    const { taken, words: outcome } = await play({ channel, from: person.handle, name, ...message });
    told.value = outcome;
    ask();
    return taken;
  }
}
