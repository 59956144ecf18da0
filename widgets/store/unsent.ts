import type { Core } from './core.ts';
import { withThread } from './reduce-thread.ts';
import { resolve, unsentOf } from './select.ts';
import { emptyUnsent, type Pending, type State, type Unsent } from './state.ts';

/** How long text that was never sent is kept, in milliseconds. */
const KEPT = 30 * 24 * 3600 * 1000;
/** How long the server keeps a file that no message has, less a little, in milliseconds. */
const FILES_KEPT = 23 * 3600 * 1000;
/** How soon what was typed is written down, in milliseconds. */
const SOON = 300;

interface Written {
  readonly at: number;
  readonly unsent: Unsent;
}

/**
 * What people typed and what waits to be sent, written down in the browser under the operator's own name: text outlives the
 * tab, what waits to be sent outlives a reload of it. Without storage it lives as long as the page.
 */
export class UnsentTexts {
  private readonly due = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly restored = new Set<string>();

  constructor(
    private readonly core: Core,
    private readonly name: string,
  ) {
    addEventListener('pagehide', this.writeAll);
  }

  /** Changes what is being written to a conversation. */
  set(asked: string, change: Partial<Unsent>): void {
    const id = resolve(this.core.get(), asked);
    this.core.update((state) => ({ ...state, unsent: { ...state.unsent, [id]: { ...unsentOf(state, id), ...change } } }));
    clearTimeout(this.due.get(id));
    this.due.set(id, setTimeout(() => this.write(id), SOON));
  }

  /** Brings back what was written to a conversation before the page was loaded; what is there already stays. */
  restore(id: string): void {
    if (this.restored.has(id)) return;
    this.restored.add(id);
    const written = read<Written>(stores.local, this.key(id));
    if (!written || this.core.now() - written.at > KEPT) return;
    const files = written.unsent.files?.filter(({ sentAt = 0 }) => this.core.now() - sentAt < FILES_KEPT);
    this.core.update((state) => (state.unsent[id] ? state : { ...state, unsent: { ...state.unsent, [id]: { ...emptyUnsent, ...written.unsent, ...(files ? { files } : {}) } } }));
  }

  /** Brings back what waited to be sent when the page was left. Answers the conversations that it waits for. */
  restorePending(): string[] {
    const waiting = read<Record<string, Pending[]>>(stores.session, this.key('pending')) ?? {};
    for (const [id, pending] of Object.entries(waiting)) {
      this.core.update((state) => withThread(state, id, (thread) => ({ ...thread, pending: [...pending.map(waits), ...thread.pending] })));
    }
    return Object.keys(waiting);
  }

  /** Writes down what waits to be sent. */
  writePending(): void {
    const waiting = waitingIn(this.core.get());
    write(stores.session, this.key('pending'), Object.keys(waiting).length > 0 ? waiting : undefined);
  }

  stop(): void {
    removeEventListener('pagehide', this.writeAll);
    this.writeAll();
  }

  private readonly writeAll = (): void => {
    for (const id of [...this.due.keys()]) this.write(id);
  };

  private write(id: string): void {
    clearTimeout(this.due.get(id));
    this.due.delete(id);
    const unsent = this.core.get().unsent[id];
    const files = sentFiles(unsent?.files);
    const empty = !unsent || (!unsent.reply && !unsent.note && !unsent.subject && !unsent.cc && !unsent.bcc && !files);
    write(stores.local, this.key(id), empty ? undefined : ({ at: this.core.now(), unsent: { ...unsent, files } } satisfies Written));
  }

  private key(what: string): string {
    return `${this.name} ${what}`;
  }
}

/** The files that the server has, as they can be written down; undefined where there are none. */
export function sentFiles(files: Unsent['files']): Unsent['files'] {
  const sent = files?.filter((one) => one.sent).map(({ file: _file, ...kept }) => kept);
  return sent?.length ? sent : undefined;
}

const waits = (pending: Pending): Pending => (pending.stage === 'sending' ? { ...pending, stage: 'waits' } : pending);

function waitingIn(state: State): Record<string, readonly Pending[]> {
  return Object.fromEntries(Object.entries(state.threads).flatMap(([id, { pending }]) => (pending.length > 0 ? [[id, pending]] : [])));
}

/** A page may be denied its storage: asking for it then throws. */
const stores = { local: () => localStorage, session: () => sessionStorage };

function read<T>(store: () => Storage, key: string): T | undefined {
  try {
    const text = store().getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

function write(store: () => Storage, key: string, value: unknown): void {
  try {
    if (value === undefined) store().removeItem(key);
    else store().setItem(key, JSON.stringify(value));
  } catch {
    // Full or denied: the text stays in the page.
  }
}
