import type { Thread } from '../store/state.ts';
import { trimThread } from '../store/trim-thread.ts';
import { isEditable } from '../ui/keys.ts';
import type { LogPort } from './thread-log-port.ts';
import type { ThreadScroll } from './thread-scroll.ts';

interface Host {
  readonly scroller: HTMLElement | null;
  readonly thread: Thread;
  readonly port?: LogPort;
  readonly updateComplete: Promise<unknown>;
}

/** The ways through a long conversation: to its first, its newest and its first unread item, loaded or not. */
export class ThreadGoing {
  /** Id of the first unread item, kept for when it is not loaded any more. */
  private unread = { seq: 0, id: '' };
  /** Nothing is let go of: all of it is about to be printed. */
  keeps = false;

  constructor(
    private readonly host: Host,
    private readonly view: ThreadScroll,
  ) {}

  newest(): void {
    if (this.host.thread.after !== null) this.host.port?.newest();
    this.view.toEnd();
  }

  /** Goes to the newest item, the focus on the lines. */
  toEnd(): void {
    this.newest();
    this.host.scroller?.focus({ preventScroll: true });
  }

  /** Call when drawn: what is far away is not kept, where very much is loaded. */
  letGo(): void {
    const { firstUnreadSeq, items } = this.host.thread;
    if (firstUnreadSeq !== null && firstUnreadSeq !== this.unread.seq)
      this.unread = { seq: firstUnreadSeq, id: items.find(({ seq }) => seq === firstUnreadSeq)?.id ?? '' };
    if (this.keeps || trimThread(this.host.thread, items[0]?.seq ?? 0) === this.host.thread) return;
    const row = this.view.middle;
    const seq = this.view.atEnd ? items.at(-1)?.seq : row?.kind === 'item' ? row.message.seq : undefined;
    if (seq !== undefined) this.host.port?.trim((thread) => trimThread(thread, seq));
  }

  /** Goes to the first item that was unread when the conversation was opened; false where there was none. */
  toUnread(): boolean {
    const { id, seq } = this.unread;
    if (!id || this.host.thread.firstUnreadSeq !== seq) return false;
    void this.go(id);
    return true;
  }

  /** Home and End lead to the first and the newest item of all. */
  readonly handleKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isEditable(event.composedPath()[0])) return;
    if (event.key === 'End') this.toEnd();
    else if (event.key === 'Home') void this.go('first');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private async go(id: string): Promise<void> {
    const { thread, port } = this.host;
    const first = id === 'first';
    const there = first ? thread.before === null : thread.items.some((item) => item.id === id);
    if (!there && !(await port?.around(id))) return;
    await this.host.updateComplete;
    if (first) this.view.toStart();
    else if (!this.view.reveal('new', 'start')) this.view.reveal(id, 'start');
    this.host.scroller?.focus({ preventScroll: true });
  }
}
