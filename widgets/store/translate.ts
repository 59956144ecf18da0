import type { Message } from '../../server/contract/message.ts';
import type { Translation } from '../../server/contract/translate.ts';
import type { Core, Result } from './core.ts';
import { translateHere } from './translate-browser.ts';

/** What became of one message in the reader's language. */
export interface Reading {
  /** `same`: it is in that language already; `none`: nobody here can translate it; `failed`: this time nothing came of it. */
  readonly stage: 'busy' | 'done' | 'same' | 'none' | 'failed';
  readonly text: string;
  readonly from: string | null;
  readonly to: string;
  readonly by: 'model' | 'browser' | 'writer';
  /** The reader went back to what was written. */
  readonly original: boolean;
}

/** What is translated at once for one reader: the rest waits in order. */
const AT_ONCE = 2;

type Asked = 'reader' | 'automatic';
interface Job {
  readonly message: Pick<Message, 'id' | 'text' | 'language'>;
  readonly to: string;
  readonly asked: Asked;
}

/** Translations that a page shows. The server keeps those that its model made; those of the browser last as long as the page. */
export class Translations {
  private readonly readings = new Map<string, Reading>();
  private readonly waiting: Job[] = [];
  private readonly changed = new Set<() => void>();
  private atWork = 0;

  constructor(private readonly core: Core) {}

  /** Calls back after each change; answers how to stop. */
  subscribe(changed: () => void): () => void {
    this.changed.add(changed);
    return () => this.changed.delete(changed);
  }

  /** What became of a message; undefined where nobody asked yet. */
  of(id: string, to: string): Reading | undefined {
    return this.readings.get(`${id} ${to}`);
  }

  /** Shows a message in a language: once it is there, without asking again. */
  ask(message: Job['message'], to: string, asked: Asked): void {
    const known = this.of(message.id, to);
    if (asked === 'automatic' && known) return;
    if (known?.stage === 'busy') return;
    if (known && known.stage === 'done') return this.set(message.id, to, { ...known, original: false });
    this.set(message.id, to, { stage: 'busy', text: '', from: null, to, by: 'model', original: asked === 'automatic' });
    const job = { message, to, asked };
    if (asked === 'reader') this.waiting.unshift(job);
    else this.waiting.push(job);
    this.next();
  }

  /** Goes back to what was written. */
  showOriginal(id: string, to: string): void {
    const known = this.of(id, to);
    if (known) this.set(id, to, { ...known, original: true });
  }

  /** Forgets what waits and nobody asked for by itself: it is out of sight. */
  leave(): void {
    for (const { message, to, asked } of this.waiting.splice(0)) {
      if (asked === 'automatic') this.readings.delete(`${message.id} ${to}`);
      else this.waiting.push({ message, to, asked });
    }
  }

  /** Translates what somebody is about to send. Undefined where nobody here can; a refusal that may pass is its own. */
  async text(conversationId: string, text: string, from: string | undefined, to: string): Promise<Result<Translation> | undefined> {
    const answer = await this.core.ask(() =>
      this.core.client.api.v1.conversations[':id'].translate.$post({ param: { id: conversationId }, json: { text, to } }),
    );
    if (answer.ok) return answer;
    const here = await translateHere(text, from, to, false);
    if (here) return { ok: true, value: { ...here, to, provider: 'browser' } };
    return answer.problem.code === 'translation_unavailable' && this.builtin ? undefined : answer;
  }

  /** No model of the server translates. */
  private get builtin(): boolean {
    return this.core.get().me?.workspace.model.builtin ?? false;
  }

  private next(): void {
    if (this.atWork >= AT_ONCE) return;
    const job = this.waiting.shift();
    if (!job) return;
    this.atWork += 1;
    void this.run(job).finally(() => {
      this.atWork -= 1;
      this.next();
    });
    this.next();
  }

  private async run({ message: { id, text, language }, to, asked }: Job): Promise<void> {
    const automatic = asked === 'automatic';
    const put = (change: Partial<Reading> & Pick<Reading, 'stage'>): void =>
      this.set(id, to, { text: '', from: null, to, by: 'model', original: false, ...change });
    if (!automatic || !this.builtin) {
      const answer = await this.core.ask(() =>
        this.core.client.api.v1.messages[':id'].translate.$post({ param: { id }, json: { to, ...(automatic ? { automatic } : {}) } }),
      );
      if (answer.ok) {
        const { text: said, from, provider } = answer.value;
        return put(
          said === text ? { stage: 'same', from, original: automatic } : { stage: 'done', text: said, from, by: provider === 'original' ? 'writer' : 'model' },
        );
      }
      if (answer.problem.code !== 'translation_unavailable') return put({ stage: 'failed' });
    }
    const here = await translateHere(text, language ?? undefined, to, automatic);
    if (here) return put({ stage: 'done', ...here, by: 'browser' });
    put({ stage: this.builtin ? 'none' : 'failed', original: automatic });
  }

  private set(id: string, to: string, reading: Reading): void {
    this.readings.set(`${id} ${to}`, reading);
    for (const changed of [...this.changed]) changed();
  }
}

const all = new WeakMap<Core, Translations>();

/** The translations of a store: one for all that shows them. */
export function translationsOf(core: Core): Translations {
  const made = all.get(core) ?? new Translations(core);
  all.set(core, made);
  return made;
}
