/** What the local mail server got, one mail at a time, and the answers that customers and their servers give to it. */
import { make, sizeOf, sync, timeOf } from './dom.ts';
import { mailForm } from './mail-form.ts';
import { follow } from './wire.ts';
import type { OutboxItem } from './wire.ts';

/** The headers that say how a mail belongs to others and who wrote it. */
const telling = ['message-id', 'in-reply-to', 'references', 'auto-submitted', 'reply-to'];

/** Fills a pane with the mailbox. */
export function mountMailbox(pane: HTMLElement): void {
  const list = make('ol', { class: 'mails', 'aria-label': 'Mails that went out' });
  const none = make('p', { class: 'none', dir: 'auto' }, 'Mail that goes out arrives here, whoever it is for.');
  const index = make(
    'div',
    { class: 'mail-index' },
    make('p', { class: 'acts' }, make('button', { type: 'button', class: 'primary', click: write }, 'Write a mail')),
    none,
    list,
  );
  const reader = make('div', { class: 'mail-reader', hidden: true });
  pane.replaceChildren(make('div', { class: 'mailbox' }, index, reader));
  let left: HTMLElement | undefined;
  const ask = follow('email', pane, ({ outbox }) => {
    none.hidden = outbox.length > 0;
    sync(list, outbox.toReversed(), ({ messageId }) => messageId, row);
  });
  ask();

  function row(mail: OutboxItem): HTMLElement {
    const { to, subject = '', text, at, status, messageId } = mail;
    return make(
      'li',
      {},
      make(
        'button',
        { type: 'button', 'data-mail': messageId, click: (event) => open(mail, event.currentTarget as HTMLElement) },
        make('span', { class: 'mail-to' }, make('b', { dir: 'auto' }, to), status === 'bounced' && make('span', { class: 'label' }, 'Bounced'), timeOf(at)),
        make('span', { dir: 'auto' }, subject || 'Without a subject'),
        make('small', { dir: 'auto' }, text.slice(0, 120)),
      ),
    );
  }

  function turn(...parts: HTMLElement[]): void {
    const back = make('button', { type: 'button', click: close }, 'All mails');
    reader.replaceChildren(make('p', { class: 'acts' }, back), ...parts);
    index.hidden = true;
    reader.hidden = false;
    back.focus();
  }

  function close(): void {
    reader.hidden = true;
    index.hidden = false;
    left?.focus();
    ask();
  }

  function write({ currentTarget }: Event): void {
    left = currentTarget as HTMLElement;
    turn(make('h2', {}, 'A customer writes'), mailForm(undefined, ask));
  }

  function open(mail: OutboxItem, from: HTMLElement): void {
    left = from;
    turn(...read(mail), make('h2', {}, 'Answer'), mailForm(mail, ask));
  }
}

function read(mail: OutboxItem): HTMLElement[] {
  const { from = '', to, cc = [], subject = '', text, html, headers = [], attachments = [], at, messageId } = mail;
  const line = (name: string, value: string | HTMLElement) => [make('dt', {}, name), make('dd', {}, value)];
  const frame =
    html !== undefined && make('iframe', { class: 'mail-html', sandbox: '', src: `/demo/mail?id=${encodeURIComponent(messageId)}`, title: 'The mail as HTML' });
  const plain = make('pre', { class: 'mail-text', dir: 'auto', tabindex: '0', 'aria-label': 'The mail as text', hidden: frame !== false }, text);
  const flip =
    frame &&
    make(
      'button',
      {
        type: 'button',
        'aria-pressed': 'false',
        click: ({ currentTarget }) => {
          plain.hidden = !plain.hidden;
          frame.hidden = !plain.hidden;
          (currentTarget as HTMLElement).setAttribute('aria-pressed', String(frame.hidden));
        },
      },
      'As text',
    );
  const told = headers.filter(({ name }) => telling.includes(name.toLowerCase()));
  return [
    make('h2', { dir: 'auto' }, subject || 'Without a subject'),
    make(
      'dl',
      { class: 'mail-head' },
      ...line('From', from),
      ...line('To', to),
      ...(cc.length > 0 ? line('Copy to', cc.join(', ')) : []),
      ...line('At', timeOf(at)),
    ),
    make(
      'details',
      { class: 'mail-headers' },
      make('summary', {}, 'Headers'),
      make('dl', { class: 'mail-head' }, ...told.flatMap(({ name, value }) => line(name, value))),
      make('pre', { tabindex: '0', 'aria-label': 'All headers' }, headers.map(({ name, value }) => `${name}: ${value}`).join('\n')),
    ),
    ...(flip ? [make('p', { class: 'acts' }, flip)] : []),
    ...(frame ? [frame] : []),
    plain,
    ...(attachments.length > 0
      ? [
          make(
            'ul',
            { class: 'mail-files', 'aria-label': 'Attachments' },
            ...attachments.map(({ id, name = 'file', size }) =>
              make('li', {}, make('a', { class: 'file', href: `/demo/media/${id}`, download: name }, `${name} · ${sizeOf(size)}`)),
            ),
          ),
        ]
      : []),
  ];
}
