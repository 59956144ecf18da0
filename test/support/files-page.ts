/** An open conversation, one at a time, whose reply carries files: chosen, dropped and pasted as a person does it. */
import type { SendMessage } from '../../server/contract/message.ts';
import { deaf, listenToSent } from './sent-messages.ts';
import { inside, lists, openThread, the, until, type Opened } from './thread-page.ts';
import { message, restartSeq, taken } from './thread-world.ts';

const pixel = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), (sign) =>
  sign.charCodeAt(0),
);
export const picture = (name = 'valve.png'): File => new File([pixel], name, { type: 'image/png' });
export const pdf = (name = 'seal.pdf', size = 1_200): File => new File([new Uint8Array(size)], name, { type: 'application/pdf' });

const kind = (channel: string, attachments: object | null) => ({
  id: channel,
  kind: channel,
  limits: { maxText: null, subject: false, html: false, attachments },
});
const kinds = [
  kind('chat', { maxCount: 10, maxBytes: 2_000 }),
  kind('sms', { maxCount: 1, maxBytes: 1_500 }),
  kind('instagram', null),
  kind('email', { maxCount: 50, maxBytes: 25_000_000 }),
];

let opened: Opened | undefined;
let sent: readonly SendMessage[] = [];

/** Opens one on the page, in the reader's hands unless told. */
export async function openWithFiles(one = taken({ lastInboundSeq: 1 }), more: object = {}): Promise<void> {
  restartSeq();
  sent = listenToSent();
  opened = await openThread(one, [message({ text: 'Where is it?', channel: one.channel })], { lists: { ...lists, 'channel-kinds': kinds } as never, ...more });
}

/** Takes away what was opened. */
export async function closeWithFiles(): Promise<void> {
  deaf();
  await opened?.close();
  opened = undefined;
}

/** The open conversation, its inbox and its id. */
export const thread = (): Opened['element'] => opened!.element;
export const inbox = (): Opened['inbox'] => opened!.inbox;
export const id = (): string => thread().conversation!;
/** What the API was asked to send since it was opened. */
export const bodies = (): readonly SendMessage[] => sent;
export const order = (what: Parameters<Opened['inbox']['order']>[0]): Promise<unknown> => inbox().order(what);
/** How many requests were made of this kind. */
export const asked = async (what: RegExp): Promise<number> => (await inbox().requests()).filter((request) => what.test(request)).length;

export const field = (): HTMLTextAreaElement => the(thread(), 'conv-composer textarea') as HTMLTextAreaElement;
export const composer = (): HTMLElement => the(thread(), 'conv-composer form.composer');
export const button = (text: string): HTMLButtonElement => the(thread(), 'conv-composer button', text) as HTMLButtonElement;
export const sendButton = (): HTMLButtonElement => the(thread(), 'conv-composer button[type=submit]') as HTMLButtonElement;
/** The files of the reply, as each reads. */
export const chips = (): string[] => inside(thread(), 'composer-files li').map((chip) => chip.innerText.replace(/\s+/g, ' ').trim());

/** Holds the next upload back. */
export const hold = (): Promise<unknown> => order({ do: 'fault', fault: { on: 'POST /v1/files', hold: true } });

/** Lets the upload go on that was held, once it has come. */
export async function release(uploads: number): Promise<void> {
  await until(async () => (await asked(/^POST \/v1\/files/)) === uploads);
  await order({ do: 'release' });
}

/** What a person brings along by mouse or clipboard. */
export function carrying(files: readonly File[], text = ''): DataTransfer {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  if (text) data.setData('text/plain', text);
  return data;
}

/** Chooses files in the browser's own dialog. */
export function choose(...files: File[]): void {
  const input = the(thread(), 'conv-composer input[multiple]') as HTMLInputElement;
  input.files = carrying(files).files;
  input.dispatchEvent(new Event('change'));
}

/** @returns whether nobody took the event */
export function drag(name: 'dragenter' | 'dragover' | 'dragleave' | 'drop', files: readonly File[], on: Element = the(thread(), 'conv-log')): boolean {
  return on.dispatchEvent(new DragEvent(name, { bubbles: true, composed: true, cancelable: true, dataTransfer: carrying(files) }));
}

/** @returns whether nobody took the event */
export function paste(data: DataTransfer, on: Element = field()): boolean {
  return on.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true, clipboardData: data }));
}
