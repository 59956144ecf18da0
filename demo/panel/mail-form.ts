/** What a customer writes by mail: afresh, or in answer to a mail; and what their mail server or absence note says to it. */
import { samples } from '../samples.ts';
import { field, make } from './dom.ts';
import { play, readFiles } from './wire.ts';
import type { OutboxItem, Play } from './wire.ts';

const re = (subject = '') => (/^re:/i.test(subject) ? subject : `Re: ${subject}`);

/** As mail programs quote what they answer. */
const quote = ({ text, from = '', at }: OutboxItem) =>
  `\n\nOn ${new Date(at).toUTCString()}, ${from} wrote:\n${text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')}`;

/**
 * @param mail the one that is answered
 * @param sent called when something was played
 */
export function mailForm(mail: OutboxItem | undefined, sent: () => void): HTMLFormElement {
  const [first] = samples['email'] ?? [];
  const files = make('input', { type: 'file', name: 'files', multiple: true });
  const told = make('output', {});
  const other = (label: string, kind: Play['kind'], text: string) => make('button', { type: 'button', click: () => void post(kind, text) }, label);
  const form = make(
    'form',
    {
      class: 'mail-form',
      submit: (event) => {
        event.preventDefault();
        void post('message');
      },
    },
    !mail &&
      make(
        'p',
        { class: 'quick', role: 'group', 'aria-label': 'Samples' },
        ...(samples['email'] ?? []).map((sample) => make('button', { type: 'button', click: () => fill(sample) }, sample.label)),
      ),
    make(
      'p',
      { class: 'fields' },
      make(
        'label',
        {},
        'From ',
        make('input', { name: 'from', type: 'email', dir: 'ltr', required: true, maxlength: '320', autocomplete: 'off', value: mail?.to ?? first?.from }),
      ),
      make('label', {}, 'Name ', make('input', { name: 'name', maxlength: '320', autocomplete: 'off', dir: 'auto', value: mail ? '' : first?.name })),
    ),
    make(
      'label',
      {},
      'Subject ',
      make('input', { name: 'subject', maxlength: '500', autocomplete: 'off', dir: 'auto', value: mail ? re(mail.subject) : first?.subject }),
    ),
    make('label', {}, 'Text ', make('textarea', { name: 'text', rows: '5', dir: 'auto', required: true }, mail ? '' : first?.text)),
    mail && make('label', { class: 'check' }, make('input', { type: 'checkbox', name: 'quoted', checked: true }), ' Quotes the mail below it'),
    make(
      'details',
      {},
      make('summary', {}, 'HTML and files'),
      make('label', {}, 'HTML, beside the text ', make('textarea', { name: 'html', rows: '3', dir: 'ltr', spellcheck: 'false', placeholder: '<p>…</p>' })),
      make('label', {}, 'Files ', files),
    ),
    make(
      'p',
      { class: 'acts' },
      make('button', { type: 'submit', class: 'primary' }, mail ? 'Send the answer' : 'Send'),
      mail && other('An absence note answers', 'auto_reply', 'I am out of the office until Monday and read no mail.'),
      mail && other('Bounce it', 'bounce', '550 5.1.1 The mailbox does not exist'),
    ),
    told,
  );
  return form;

  function fill({ from, name = '', subject = '', text }: { from: string; name?: string; subject?: string; text: string }): void {
    Object.entries({ from, name, subject, text }).forEach(([key, value]) => (field(form, key).value = value));
  }

  /** @param given said in place of what stands in the form */
  async function post(kind: Play['kind'], given?: string): Promise<void> {
    told.value = 'On its way';
    const value = (name: string) => field(form, name).value.trim();
    const own = given === undefined;
    const text = given ?? value('text') + (mail && field(form, 'quoted').checked ? quote(mail) : '');
    // A bounce is about who it was for, whoever answers.
    const from = kind === 'bounce' && mail ? mail.to : value('from');
    const { words } = await play({
      channel: 'email',
      kind,
      from,
      name: value('name'),
      subject: kind === 'auto_reply' ? `Automatic reply: ${mail?.subject ?? ''}` : value('subject'),
      text,
      inReplyTo: mail?.messageId,
      ...(own && { html: value('html'), files: await readFiles(files) }),
    });
    told.value = words;
    sent();
  }
}
