import { ContextConsumer } from '@lit/context';
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { Message } from '../../server/contract/message.ts';
import { translateTexts } from '../locales/translate.ts';
import type { Core } from '../store/core.ts';
import { sessionContext } from '../store/session.ts';
import type { Store } from '../store/store.ts';
import { translateHere } from '../store/translate-browser.ts';
import type { ConvElement } from '../ui/base.ts';
import { icon } from '../ui/icon.ts';
import { translate } from '../ui/icons.ts';
import { languageName } from '../ui/languages.ts';
import { words } from '../ui/words.ts';
import type { Translating } from './translate-reading.ts';
import { act, mark } from './translate-view.ts';

/** How long a call has to be in sight before it is translated by itself, in milliseconds. */
const SEEN = 250;
/** Turns that are translated together: the most that the server takes. They begin at the same ones however long the call gets. */
const TOGETHER = 20;

/** What became of a call in the reader's language. */
interface Reading {
  stage: 'busy' | 'done' | 'same' | 'none' | 'failed';
  from: string | null;
  by: 'model' | 'browser';
  /** The reader went back to what was said. */
  original: boolean;
}

/** Of a store: what turns say in a language, and what became of calls, as long as the page lasts. */
interface Kept {
  readonly lines: Map<string, string>;
  readonly calls: Map<string, Reading>;
}
const all = new WeakMap<Core, Kept>();
function keptOf(core: Core): Kept {
  const kept = all.get(core) ?? { lines: new Map<string, string>(), calls: new Map<string, Reading>() };
  all.set(core, kept);
  return kept;
}

/** What of a call stands there: all its turns, those that are shown, the end not among them, and what was noted about it. */
export interface SeenCall {
  readonly message: Message;
  readonly translating: Translating;
  readonly turns: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly note?: string | undefined;
}

/** A call in the reader's language: what was noted, and its turns as far as they are shown, by a press or by themselves, and those that come later as well. */
export class CallReading implements ReactiveController {
  private readonly texts;
  private store?: Store;
  private timer?: ReturnType<typeof setTimeout>;
  /** Whether the conversation was read as a whole when the call was last drawn. */
  private wasWhole?: boolean;
  private asking = false;

  constructor(
    private readonly host: ConvElement,
    private readonly seen: () => SeenCall | undefined,
  ) {
    this.texts = words(host, translateTexts);
    host.addController(
      new ContextConsumer(host, {
        context: sessionContext,
        subscribe: true,
        callback: (session) => {
          this.store = session?.store;
          host.requestUpdate();
        },
      }),
    );
    host.addController(this);
  }

  hostUpdate(): void {
    const call = this.seen();
    const whole = call?.translating.isWhole ?? false;
    const reading = call && this.reading(call);
    if (reading && this.wasWhole !== undefined && whole !== this.wasWhole) reading.original = !whole;
    this.wasWhole = whole;
  }

  hostUpdated(): void {
    const call = this.seen();
    const { store } = this;
    if (!call || !store || this.timer !== undefined) return;
    const reading = this.reading(call);
    const goesOn = reading
      ? !reading.original && (reading.stage === 'done' || reading.stage === 'same')
      : store.get().me?.autoTranslate || call.translating.isWhole;
    if (!goesOn || this.missing(call).length === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const now = this.seen();
      if (now && !document.hidden) void this.ask(now, true);
    }, SEEN);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** What stands for a turn, or for what was noted. */
  says(turn: string): string {
    const call = this.seen();
    const reading = call && this.reading(call);
    return (call && reading && !reading.original && this.kept?.lines.get(keyOf(turn, call.translating.to))) || turn;
  }

  /** Asks for the call; there where nobody has yet. */
  button(): TemplateResult | typeof nothing {
    const call = this.seen();
    if (!call || !this.store || this.reading(call) || !saidIn(call).some((text) => /\p{L}/u.test(text))) return nothing;
    const label = this.texts.t.message;
    return html`<button type="button" class="btn ghost sm icon" aria-label=${label} title=${label} @click=${() => void this.ask(call, false)}>${icon(translate, 'sm')}</button>`;
  }

  /** Marks that other words stand there than were said, with the way back; or says why not. */
  line(): TemplateResult | typeof nothing {
    const call = this.seen();
    const reading = call && this.reading(call);
    if (!call || !reading) return nothing;
    const { t, tag } = this.texts;
    const turn = (): void => {
      reading.original = !reading.original;
      this.host.requestUpdate();
    };
    if (reading.stage === 'busy') return html`<p class="translated" role="status">${icon(translate, 'xs')}${t.busy}</p>`;
    if (reading.stage === 'none') return html`<p class="translated" role="status">${icon(translate, 'xs')}<span>${t.none}</span></p>`;
    if (reading.stage === 'failed')
      return html`<p class="translated" role="status">${icon(translate, 'xs')}<span>${t.failed} ${act(t.retry, () => void this.ask(call, false))}</span></p>`;
    if (reading.stage === 'same') return reading.original ? nothing : mark(t.same(languageName(tag, call.translating.to)));
    if (reading.original) return mark(act(t.again, turn));
    const from = reading.from ? t.from(languageName(tag, reading.from)) : t.translated;
    return mark(html`${from}${reading.by === 'browser' ? html`, ${t.byBrowser}` : nothing} ${act(t.original, turn)}`);
  }

  private get kept(): Kept | undefined {
    return this.store && keptOf(this.store.core);
  }

  private reading({ message, translating }: SeenCall): Reading | undefined {
    return this.kept?.calls.get(`${message.id} ${translating.to}`);
  }

  /** Where parts begin of which not all turns that are shown are known in the reader's language; what was noted is one of its own. */
  private missing({ turns, from, to, note, translating }: SeenCall): (number | 'note')[] {
    const unknown = (text: string): boolean => !this.kept?.lines.has(keyOf(text, translating.to));
    const parts = new Set<number | 'note'>();
    for (let at = from; at < to; at += 1) if (unknown(turns[at]!)) parts.add(at - (at % TOGETHER));
    if (note && unknown(note)) parts.add('note');
    return [...parts];
  }

  private async ask(call: SeenCall, automatic: boolean): Promise<void> {
    const { kept, store } = this;
    const {
      message,
      turns,
      note = '',
      translating: { to },
    } = call;
    if (!kept || !store || this.asking) return;
    const id = `${message.id} ${to}`;
    const before = kept.calls.get(id);
    const put = (reading: Reading): void => {
      this.asking = reading.stage === 'busy';
      kept.calls.set(id, reading);
      this.host.requestUpdate();
    };
    const now: Reading = { stage: 'busy', from: before?.from ?? null, by: 'model', original: false };
    put(before?.stage === 'done' || before?.stage === 'same' ? before : now);
    this.asking = true;
    let same = before?.stage !== 'done';
    for (const from of this.missing(call)) {
      const said = from === 'note' ? [note] : turns.slice(from, from + TOGETHER);
      const made = await this.part(message, from, said, to, automatic);
      const lines = typeof made === 'string' ? [] : from === 'note' ? [made.text] : made.text.split('\n');
      if (typeof made === 'string' || lines.length !== said.length) {
        return put(automatic ? { ...now, stage: 'same', original: true } : { ...now, stage: typeof made === 'string' ? made : 'failed' });
      }
      same &&= lines.every((line, at) => flat(line) === flat(said[at]!));
      said.forEach((turn, at) => kept.lines.set(keyOf(turn, to), lines[at]!));
      // A note may be in the team's language: what the call itself was in counts.
      if (from !== 'note' || turns.length === 0) Object.assign(now, { from: made.from, by: made.by });
    }
    put({ ...now, stage: same ? 'same' : 'done', original: same && automatic });
  }

  /** Some turns, or what was noted, by the server's model or else by the browser; `none` where nobody here can. */
  private async part(
    { id, language }: Message,
    from: number | 'note',
    said: readonly string[],
    to: string,
    automatic: boolean,
  ): Promise<{ text: string; from: string | null; by: Reading['by'] } | 'none' | 'failed'> {
    const { core } = this.store!;
    const builtin = core.get().me?.workspace.model.builtin ?? false;
    if (!automatic || !builtin) {
      const json = { to, ...(from === 'note' ? {} : { turns: { from, count: said.length } }), ...(automatic ? { automatic } : {}) };
      const answer = await core.ask(() => core.client.api.v1.messages[':id'].translate.$post({ param: { id }, json }));
      if (answer.ok) return { text: answer.value.text, from: answer.value.from, by: 'model' };
      if (answer.problem.code !== 'translation_unavailable') return 'failed';
    }
    const here = await translateHere(from === 'note' ? said[0]! : said.map(flat).join('\n'), language ?? undefined, to, automatic);
    return here ? { ...here, by: 'browser' } : builtin ? 'none' : 'failed';
  }
}

const saidIn = ({ turns, note }: SeenCall): readonly string[] => (note ? [...turns, note] : turns);
const flat = (turn: string): string => turn.replace(/\s+/g, ' ').trim();
const keyOf = (turn: string, to: string): string => `${to} ${flat(turn)}`;
