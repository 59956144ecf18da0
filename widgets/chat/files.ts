import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Attachment } from '../../server/contract/message.ts';
import { asProblem, type ProblemCode } from '../store/problem.ts';
import type { VisitorStore } from './store.ts';

/** A file that goes with the next message. */
export interface Chosen {
  readonly id: string;
  readonly file: File;
  /** Null while it is on its way. */
  readonly sent: Attachment | null;
  readonly failed: ProblemCode | null;
}

/** Files of one message. */
const mostFiles = 10;

/** The files that the visitor chose, dropped or pasted: sent at once, carried by the next message. */
export class ChosenFiles implements ReactiveController {
  list: readonly Chosen[] = [];
  readonly #underway = new Map<string, AbortController>();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly store: () => VisitorStore | undefined,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    for (const { id } of this.list) this.remove(id);
  }

  /** True while a file is still being sent. */
  get sending(): boolean {
    return this.#underway.size > 0;
  }

  add(files: Iterable<File>): void {
    for (const file of files) void this.#send(file);
  }

  remove(id: string): void {
    this.#underway.get(id)?.abort();
    this.#put(this.list.filter((one) => one.id !== id));
  }

  /** Hands over as many sent files as a message may carry, and forgets them. */
  take(): Attachment[] {
    const taken = this.list.filter(({ sent }) => sent).slice(0, mostFiles);
    this.#put(this.list.filter((one) => !taken.includes(one)));
    return taken.flatMap(({ sent }) => sent ?? []);
  }

  async #send(file: File): Promise<void> {
    const store = this.store();
    if (!store) return;
    const id = crypto.randomUUID();
    if (file.size > (store.get().session?.files?.maxBytes ?? 0)) return this.#put([...this.list, { id, file, sent: null, failed: 'too_large' }]);
    const control = new AbortController();
    this.#underway.set(id, control);
    this.#put([...this.list, { id, file, sent: null, failed: null }]);
    try {
      const sent = await store.upload(file, control.signal);
      this.#underway.delete(id);
      this.#change(id, { sent });
    } catch (thrown) {
      this.#underway.delete(id);
      this.#change(id, { failed: asProblem(thrown).code });
    }
  }

  #change(id: string, change: Partial<Chosen>): void {
    this.#put(this.list.map((one) => (one.id === id ? { ...one, ...change } : one)));
  }

  #put(list: readonly Chosen[]): void {
    this.list = list;
    this.host.requestUpdate();
  }
}
