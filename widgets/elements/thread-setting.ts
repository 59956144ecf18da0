import type { Intent } from '../../server/contract/settings.ts';
import type { ContactRef } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { operator } from '../locales/en/operator.ts';
import type { Pending } from '../store/state.ts';
import type { Spoken } from '../ui/words.ts';
import type { Translating } from './translate-reading.ts';

/** What the lines of a conversation have to know of where they stand, and what people can do on them. */
export interface Setting {
  readonly words: Spoken<typeof operator>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Id of the operator who looks at it. */
  readonly me: string | undefined;
  readonly contact: ContactRef | undefined;
  /** The channel of the conversation: a message by another one shows its mark. */
  readonly channel: string | undefined;
  /** Name of the agent of the conversation. */
  readonly agent: string | undefined;
  /** What reads them in the reader's language, where anything does. */
  readonly translating?: Translating;
  /** Name of an operator or agent by id, where it is known. */
  name(id: string): string | undefined;
  /** Where the picture of an operator or agent is, by id. */
  avatar(id: string | null): string | null | undefined;
  intent(name: string): Intent | undefined;
  /** True for a long text that was opened, by the key of its line. */
  opened(key: string): boolean;
  toggle(key: string): void;
  /** Sends again what failed. */
  retry(message: Message): void;
  /** Fetches a file once more that was given up, by its id. */
  readonly fetchFile: (id: string) => void;
  /** Of a mail by its id: how to say that its sender's pictures are shown always, or not; answers whether that was kept. */
  pictures(id: string): (always: boolean) => Promise<boolean>;
  /** Lets go of one's own message that could not be sent; its text goes back to the composer. */
  discard(pending: Pending): void;
  resend(pending: Pending): void;
}
