import type { Composing } from '../../server/contract/composing.ts';
import type { Core } from './core.ts';
import { withThread } from './reduce-thread.ts';
import { unsentKey, unsentOf } from './select.ts';
import { emptyUnsent, type Pending, type State, type Unsent } from './state.ts';

/** How long text that was never sent is kept, in milliseconds. */
const KEPT = 30 * 24 * 3600 * 1000;
/** How long the server keeps a file that no message has, less a little, in milliseconds. */
const FILES_KEPT = 23 * 3600 * 1000;
/** How soon what was typed is written down, in milliseconds. */
const SOON = 300;
/** How soon it goes to the server, and how soon again after no answer came, in milliseconds. */
const PUSHED = 800;
const AGAIN = 5_000;

interface Written extends Mark {
  readonly unsent: Unsent;
}

/** How what is written to a conversation stands to what the server has. */
interface Mark {
  /** When it was typed, in milliseconds since 1970. */
  readonly at: number;
  /** The writing on the server that it goes on from; null for none. */
  readonly known: string | null;
  /** The server does not have it yet. */
  readonly owed: boolean;
}

/**
 * What people typed and what waits to be sent. What is written to a conversation is the server's to keep, so that another
 * device has it too; the browser keeps it as well, under the operator's own name, for when the server cannot be reached. Of
 * two devices the one that was typed on later wins, but nothing takes the place of a text that somebody is at. What waits to
 * be sent outlives a reload of the tab.
 */
export class UnsentTexts {
  private readonly due = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly pushes = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly pushing = new Set<string>();
  private readonly marks = new Map<string, Mark>();
  private readonly restored = new Set<string>();

  constructor(
    private readonly core: Core,
    private readonly name: string,
    /** The conversations that are open. */
    private readonly open: () => readonly string[],
  ) {
    addEventListener('pagehide', this.writeAll);
    document.addEventListener('visibilitychange', this.handleSight);
  }

  /** Changes what is being written to a conversation. */
  set(asked: string, change: Partial<Unsent>): void {
    const id = unsentKey(this.core.get(), asked);
    this.core.update((state) => ({ ...state, unsent: { ...state.unsent, [id]: { ...unsentOf(state, id), ...change } } }));
    this.marks.set(id, { at: this.core.now(), known: this.marks.get(id)?.known ?? null, owed: true });
    clearTimeout(this.due.get(id));
    this.due.set(
      id,
      setTimeout(() => this.write(id), SOON),
    );
    this.pushSoon(id, PUSHED);
  }

  /** Brings back what was written to a conversation before the page was loaded, or elsewhere; what is there already stays. */
  restore(id: string): void {
    if (!this.restored.has(id)) this.recall(id);
    this.restored.add(id);
    void this.fetch(id);
  }

  /** The server can be reached again, or what was read may be behind. */
  refresh(): void {
    for (const [id, { owed }] of this.marks) if (owed) this.pushSoon(id, 0);
    for (const id of this.open()) void this.fetch(id);
  }

  /** Brings back what waited to be sent when the page was left. Answers the conversations that it waits for. */
  restorePending(): string[] {
    const waiting = read<Record<string, Pending[]>>(stores.session, this.key('pending')) ?? {};
    for (const [id, pending] of Object.entries(waiting)) {
      this.core.update((state) => withThread(state, id, (thread) => ({ ...thread, pending: [...pending.map(waits), ...thread.pending] })));
    }
    return Object.keys(waiting);
  }

  /** Writes down what waits to be sent. What was sent may go from the server now. */
  writePending(): void {
    const waiting = waitingIn(this.core.get());
    write(stores.session, this.key('pending'), Object.keys(waiting).length > 0 ? waiting : undefined);
    for (const [id, { owed }] of this.marks) if (owed) this.pushSoon(id, PUSHED);
  }

  stop(): void {
    removeEventListener('pagehide', this.writeAll);
    document.removeEventListener('visibilitychange', this.handleSight);
    this.writeAll();
  }

  private readonly writeAll = (): void => {
    for (const id of [...this.due.keys()]) this.write(id);
    for (const [id, timer] of this.pushes) {
      clearTimeout(timer);
      void this.push(id, true);
    }
    this.pushes.clear();
  };

  private readonly handleSight = (): void => {
    if (document.visibilityState === 'visible') this.refresh();
  };

  /** What this browser has written down. */
  private recall(id: string): void {
    const written = read<Written>(stores.local, this.key(id));
    if (!written || this.core.now() - written.at > KEPT || this.core.get().unsent[id]) return;
    const kept = (files: Unsent['files']): Unsent['files'] => files?.filter(({ sent, sentAt = 0 }) => !sent || this.core.now() - sentAt < FILES_KEPT);
    const { files, noteFiles } = written.unsent;
    this.marks.set(id, { at: written.at, known: written.known ?? null, owed: written.owed ?? true });
    this.core.update((state) => ({
      ...state,
      unsent: {
        ...state.unsent,
        [id]: { ...emptyUnsent, ...written.unsent, ...(files ? { files: kept(files) } : {}), ...(noteFiles ? { noteFiles: kept(noteFiles) } : {}) },
      },
    }));
  }

  /** Asks what the server has, and takes it where it is newer than what is here. */
  private async fetch(id: string): Promise<void> {
    await this.core.ready();
    const answer = await this.core.ask(() => this.core.client.api.v1.conversations[':id'].composing.$get({ param: { id } }));
    if (answer.ok) this.take(id, answer.value);
  }

  private take(id: string, { id: known, composed, age }: Composing): void {
    const mark = this.marks.get(id);
    const at = this.core.now() - age;
    if (mark?.owed && (known === mark.known || known === null || mark.at > at)) return this.pushSoon(id, 0);
    if (known === (mark?.known ?? null) || isAt(id, this.core.get().unsent[id])) return;
    this.marks.set(id, { at, known, owed: false });
    this.core.update((state) => ({ ...state, unsent: { ...state.unsent, [id]: { ...emptyUnsent, ...(composed as Partial<Unsent> | null) } } }));
    this.write(id);
  }

  private pushSoon(id: string, wait: number): void {
    if (this.pushes.has(id)) return;
    this.pushes.set(
      id,
      setTimeout(() => {
        this.pushes.delete(id);
        void this.push(id);
      }, wait),
    );
  }

  /** Gives the server what is written to a conversation; what is on its way as a message stays there until it has arrived. */
  private async push(id: string, leaving = false): Promise<void> {
    const mark = this.marks.get(id);
    const state = this.core.get();
    if (!mark?.owed || this.pushing.has(id) || state.threads[id]?.pending.some(({ stage }) => stage !== 'refused')) return;
    const unsent = storable(state.unsent[id]);
    this.pushing.add(id);
    this.marks.set(id, { ...mark, owed: false });
    const body = JSON.stringify({ composed: unsent ?? null, age: Math.min(KEPT, Math.max(0, this.core.now() - mark.at)) });
    const init = { method: 'PATCH', headers: { 'content-type': 'application/json' }, body, keepalive: leaving && body.length < 60_000 };
    const answer = await this.core.ask<Composing>(() => this.core.client.request(`/v1/conversations/${id}/composing`, init));
    this.pushing.delete(id);
    const now = this.marks.get(id) ?? mark;
    if (!answer.ok) {
      if (!answer.problem.unanswered && answer.problem.status < 500 && answer.problem.status !== 401) return;
      this.marks.set(id, { ...now, owed: true });
      return this.pushSoon(id, AGAIN);
    }
    const { composed } = answer.value;
    const ours = (composed?.reply ?? '') === (unsent?.reply ?? '') && (composed?.note ?? '') === (unsent?.note ?? '');
    if (!ours) this.take(id, answer.value);
    else {
      this.marks.set(id, { ...now, known: answer.value.id });
      this.write(id);
    }
    if (now.owed) this.pushSoon(id, PUSHED);
  }

  private write(id: string): void {
    clearTimeout(this.due.get(id));
    this.due.delete(id);
    const unsent = storable(this.core.get().unsent[id], begunFiles);
    const mark = this.marks.get(id) ?? { at: this.core.now(), known: null, owed: true };
    // That nothing is left is worth remembering until the server knows.
    write(stores.local, this.key(id), unsent || mark.owed ? ({ ...mark, unsent: unsent ?? emptyUnsent } satisfies Written) : undefined);
  }

  private key(what: string): string {
    return `${this.name} ${what}`;
  }
}

/** What is written to a conversation, as it can be kept; undefined where that is nothing. */
function storable(unsent: Unsent | undefined, filesOf = sentFiles): Unsent | undefined {
  const files = filesOf(unsent?.files);
  const noteFiles = filesOf(unsent?.noteFiles);
  return unsent && (unsent.reply || unsent.note || unsent.subject || unsent.cc || unsent.bcc || files || noteFiles)
    ? { ...unsent, files, noteFiles }
    : undefined;
}

/** Whether somebody is at what is written to a conversation now: then nothing takes its place. */
function isAt(id: string, unsent: Unsent | undefined): boolean {
  if (!storable(unsent)) return false;
  for (let at = document.activeElement; at; at = at.shadowRoot?.activeElement ?? null) {
    if (at.localName === 'conv-composer' && (at as Element & { of?: string }).of === id) return true;
  }
  return false;
}

/** The files that the server has, as they can be written down; undefined where there are none. */
export function sentFiles(files: Unsent['files']): Unsent['files'] {
  const sent = files?.filter((one) => one.sent).map(({ file: _file, ...kept }) => kept);
  return sent?.length ? sent : undefined;
}

/** The same, and the names of those that were to go up: this browser alone knows that they will not, once the page is left. */
function begunFiles(files: Unsent['files']): Unsent['files'] {
  const begun = files?.flatMap(({ file: _file, share: _share, failed, ...one }) =>
    one.sent ? [one] : failed?.code === 'empty' || failed?.code === 'too_large' ? [] : [{ ...one, failed: { code: 'interrupted' as const, detail: '' } }],
  );
  return begun?.length ? begun : undefined;
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
