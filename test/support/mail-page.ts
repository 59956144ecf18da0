/** An open thread of mails, one at a time: a letter with copies, the customer and the account that it is between, and the mail that answers it. */
import type { SendMessage } from '../../server/contract/message.ts';
import type { MailEditor } from '../../widgets/elements/mail-editor.ts';
import { deaf, listenToSent } from './sent-messages.ts';
import { contact, focused, inside, openThread, the, until, type Opened } from './thread-page.ts';
import { ana, ben, id as newId, message, restartSeq, taken } from './thread-world.ts';

/** The customer's address, at which the conversation is. */
export const mailId = newId();
const identity = (channel: 'email' | 'sms' | 'chat', handle: string, id = newId()) => ({ id, channel, handle, optedOutAt: null });
/** The customer: reached by mail, and by SMS too. */
export const correspondent = { ...contact, identities: [identity('email', 'marta@casaoliveira.example', mailId), identity('sms', '+351912555016')] };
const account = { id: newId(), channel: 'email', name: 'Help', address: 'Help@morrow.example' };

let opened: Opened | undefined;
let sent: readonly SendMessage[] = [];

/** Opens it on the page, with the composer ready to answer. */
export async function openMail(): Promise<void> {
  restartSeq();
  sent = listenToSent();
  opened = await openThread(
    taken({ channel: 'email', identityId: mailId, subject: 'Damaged delivery', lastInboundSeq: 1 }),
    [
      message({
        channel: 'email',
        subject: 'Damaged delivery',
        text: 'It came broken.\nWhat now?',
        cc: [
          { handle: 'studio@bassi.example', name: 'Studio Bassi' },
          { handle: 'help@morrow.example', name: null },
          { handle: 'marta@casaoliveira.example', name: null },
        ],
      }),
    ],
    {
      contacts: [correspondent],
      lists: {
        'channel-accounts': [account],
        operators: [
          { ...ana, active: true },
          { ...ben, active: true },
        ],
      } as never,
    },
  );
  await until(() => chips('Cc').length === 1 && button('Sent by Email'));
}

/** Takes away what was opened. */
export async function closeMail(): Promise<void> {
  deaf();
  await opened?.close();
  opened = undefined;
}

/** Puts an element in the place of the one on the page, which is left as it is on a reload. */
export function reopenMail(): void {
  window.dispatchEvent(new Event('pagehide'));
  const { element, inbox } = opened!;
  element.remove();
  const again = document.createElement('conv-thread');
  Object.assign(again, { base: inbox.base, token: inbox.token, conversation: element.conversation });
  again.style.setProperty('block-size', '640px');
  document.body.append(again);
  opened = { ...opened!, element: again, close: async () => (again.remove(), localStorage.clear(), sessionStorage.clear(), inbox.close()) };
}

/** The open thread. */
export const thread = (): Opened['element'] => opened!.element;
/** What the API was asked to send since it was opened. */
export const bodies = (): readonly SendMessage[] => sent;
export const order = (what: Parameters<Opened['inbox']['order']>[0]): Promise<unknown> => opened!.inbox.order(what);

export const subject = (): HTMLInputElement => the(thread(), 'conv-composer #subject') as HTMLInputElement;
export const editor = (): MailEditor => the(thread(), 'conv-composer mail-editor') as MailEditor;
/** What is formatted. */
export const written = (): HTMLElement => the(thread(), 'conv-composer .mail');
/** What is not. */
export const field = (): HTMLTextAreaElement => the(thread(), 'conv-composer textarea') as HTMLTextAreaElement;
export const button = (text: string): HTMLElement => the(thread(), 'conv-composer button', text);
/** The copies, `Cc` or `Bcc`. */
export const chips = (list: string): string[] => inside(the(thread(), 'mail-copies [role=group]', list), '.chip').map((chip) => chip.innerText.trim());

/** Writes with formatting: as a person does, in the field at first. */
export async function write(text: string): Promise<void> {
  if (inside(thread(), 'conv-composer textarea').length > 0) field().focus();
  else editor().focus();
  await until(() => focused() === written() && button('Bold'));
  editor().insert(text);
}
