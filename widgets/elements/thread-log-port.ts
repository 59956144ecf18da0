import type { Message } from '../../server/contract/message.ts';
import type { Pending, State, Thread } from '../store/state.ts';

/** What the lines ask for; whoever holds the conversation does it. */
export interface LogPort {
  /** What the page knows. */
  state(): State | undefined;
  older(): void;
  newer(): void;
  /** The newest items, whatever is loaded. */
  newest(): void;
  /** The items round one of them, or the `first` ones, whatever is loaded. */
  around(messageId: string): Promise<boolean>;
  /** Lets go of what is far from what is looked at. */
  trim(trim: (thread: Thread) => Thread): void;
  /** A conversation is shown from its beginning: what is unread in it is read anew. */
  begun(): void;
  /** The newest inbound message, and whether the end is in view. What was marked unread since all of it was read stays so. */
  read(seq: number, inView: boolean): void;
  /** What is loaded is to be read again: a link in it has expired. */
  again(): void;
  retry(message: Message): void;
  fetchFile(id: string): void;
  pictures(id: string, always: boolean): Promise<boolean>;
  resend(pending: Pending): void;
  discard(pending: Pending): void;
}
