import type { ReactiveController } from 'lit';
import { threadOf } from '../store/select.ts';
import type { StoreElement } from '../store/element.ts';
import type { ConvLog } from './thread-log.ts';

/** A host that shows a conversation, and was led to one item of it. */
type Host = StoreElement & { conversation?: string; message?: string };

/** Brings the item that a link leads to into view, once; it is read where it is not loaded. */
export class Seek implements ReactiveController {
  private sought = '';

  constructor(
    private readonly host: Host,
    private readonly log: () => ConvLog | null,
  ) {}

  hostUpdated(): void {
    const { message, conversation, store } = this.host;
    const wanted = `${conversation} ${message}`;
    if (!message || !conversation || !store || !this.log() || this.sought === wanted) return;
    const thread = threadOf(store.get(), conversation);
    if (!thread.loaded) return;
    this.sought = wanted;
    const show = (): void => void this.host.updateComplete.then(() => this.log()?.updateComplete).then(() => this.log()?.reveal(message));
    if (thread.items.some(({ id }) => id === message)) show();
    else void store.threads.loadAround(conversation, message).then(show);
  }
}
