/** "If you saved this": what the last messages would have come to with settings that are not saved yet. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { WhatIf, WhatIfDecision, WhatIfProgress, WhatIfResult } from '../../server/contract/classifier.ts';
import { classifierTexts } from '../locales/classifier.ts';
import { reasonTexts } from '../locales/reasons.ts';
import type { StoreElement } from '../store/element.ts';
import type { ApiProblem } from '../store/problem.ts';
import { SAMPLE, whatIf } from '../store/what-if.ts';
import { blank } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, chat, checks, refresh, x } from '../ui/icons.ts';
import { segments } from '../ui/tabs.ts';
import { number } from '../ui/time.ts';
import { vars } from '../ui/vars.ts';
import { words, type Words } from '../ui/words.ts';
import { flipLine } from './settings-what-if-flip.ts';
import { whatIfSheet } from './settings-what-if-sheet.ts';

export type ClassifierWords = Words<(typeof classifierTexts)['english']>;

/** What is typed and not saved: only what differs, or all of it; `cards` are all that there would be, in their order. */
export type WhatIfDraft = Omit<WhatIf, 'sample'>;

/** Milliseconds that the typing has to pause before the built-in model, which costs nothing, is asked by itself. */
const PAUSE = 700;

type Shown = 'all' | 'quiet' | 'answered';

/**
 * The pane beside an agent's settings. Its host renders it where `.whatif` stands in the layout, calls `start` when it is shown and `stop`
 * when it leaves, and renders again whenever the draft changes: the pane reads it then.
 * @param agentId of whom the messages are; undefined for one that is not saved yet
 * @param draft what is not saved; undefined where nothing is changed
 */
export class WhatIfPane {
  private readonly words: ClassifierWords;
  private result?: WhatIfResult;
  private progress?: WhatIfProgress;
  /** Why nothing came of it. */
  private failed?: ApiProblem;
  private stopped = false;
  private running?: AbortController;
  private shown: Shown = 'all';
  /** The built-in model would decide in the place of the one that is set up. */
  private builtin = false;
  /** Of whom and with which changes it ran last, and those that wait for a pause in the typing. */
  private ran = '';
  private awaited = '';
  private timer?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly host: StoreElement,
    private readonly agentId: () => string | undefined,
    private readonly draft: () => WhatIfDraft | undefined,
  ) {
    this.words = words(host, classifierTexts);
    words(host, reasonTexts);
  }

  start(): void {
    const root = this.host.shadowRoot;
    const { styleSheet } = whatIfSheet;
    if (root && styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.running?.abort();
  }

  render(): TemplateResult {
    const { t } = this.words;
    const { whatIf: said } = t;
    this.await();
    const { result, running } = this;
    const model = this.host.store?.get().me?.workspace.model;
    const run = running
      ? html`<button type="button" class="btn sm push" data-look data-act="stop" @click=${this.handleStop}>${icon(x, 'sm')}${said.stop}</button>`
      : html`<button type="button" class="btn sm push" data-look data-act="run" ?disabled=${!this.agentId()} @click=${this.handleRun}>${icon(refresh, 'sm')}${result ? said.again : said.run}</button>`;
    return html`<aside class="whatif" aria-label=${said.title}><header class="whatif-head">
        <div class="whatif-title"><h2>${said.title}</h2>${run}</div>
        <p>${said.lead(result?.decisions.length || SAMPLE, this.count(result?.decisions.length || SAMPLE))}</p>
        ${
          model && !model.builtin
            ? html`<label class="whatif-model"><span>${said.decidedBy}</span><select class="field" data-look data-act="model" @change=${this.handleModel}><option value="" .selected=${!this.builtin}>${model.name}</option><option
          value="builtin" .selected=${this.builtin}>${said.builtin}</option></select></label>`
            : nothing
        }
        <p class="whatif-says" role="status">${this.says()}</p>
        ${running && this.progress ? html`<progress class="whatif-bar" max=${Math.max(1, this.progress.of)} .value=${this.progress.done} aria-label=${said.deciding}></progress>` : nothing}
        ${result && result.decisions.length > 0 ? this.tally(result) : nothing}</header>${this.body()}
        <footer class="whatif-foot"><p>${t.precedence}</p>${result ? html`<p>${this.cost(result)}</p>` : nothing}</footer></aside>`;
  }

  private count(n: number): string {
    return number(this.words.tag, n);
  }

  private says(): string {
    const { t } = this.words;
    const { running, progress, stopped, result } = this;
    if (running) return progress ? t.common.of(this.count(progress.done), this.count(progress.of)) : t.whatIf.deciding;
    if (stopped) return t.whatIf.stopped;
    if (result && this.ran !== this.key()) return t.whatIf.stale;
    return '';
  }

  private tally({ now, then }: WhatIfResult): TemplateResult {
    const { whatIf: said } = this.words.t;
    const bar = (label: string, { replied, quiet }: WhatIfResult['now']): TemplateResult =>
      html`<li><span>${label}</span><span class="split-bar"><span ${vars({ 'inline-size': `${(replied / Math.max(1, replied + quiet)) * 100}%` })}>${said.answered(
        this.count(replied),
      )}</span><span>${said.quiet(this.count(quiet))}</span></span></li>`;
    return html`<ul class="tally">${bar(said.now, now)}${bar(said.after, then)}</ul>`;
  }

  private body(): TemplateResult {
    const { t } = this.words;
    const { whatIf: said } = t;
    const { result, failed, running } = this;
    if (failed) {
      return blank(
        {
          glyph: alert,
          title: said.failed,
          text: (said.why as Readonly<Record<string, string>>)[failed.code] ?? '',
          acts: html`<button type="button" class="btn" data-look @click=${this.handleRun}>${icon(refresh)}${t.common.retry}</button>`,
        },
        true,
      );
    }
    if (!result) return html`<p class="whatif-hint">${running ? nothing : said.saved}</p>`;
    if (result.decisions.length === 0) return blank({ glyph: chat, title: said.nothing, text: said.nothingText });
    const { flips } = result;
    if (flips.length === 0) return blank({ glyph: checks, title: said.same, text: said.sameText });
    const quiet = flips.filter(({ then }) => !then.replied);
    const answered = flips.filter(({ then }) => then.replied);
    const list: readonly WhatIfDecision[] = this.shown === 'quiet' ? quiet : this.shown === 'answered' ? answered : flips;
    return html`<div class="whatif-tabs">${segments<Shown>(
      said.filter,
      [
        { id: 'all', label: said.change(flips.length, this.count(flips.length)) },
        { id: 'quiet', label: said.goQuiet(quiet.length, this.count(quiet.length)) },
        { id: 'answered', label: said.getAnswer(answered.length, this.count(answered.length)) },
      ],
      this.shown,
      (shown) => {
        this.shown = shown;
        this.host.requestUpdate();
      },
    )}</div><ol class="flips">${repeat(
      list,
      ({ messageId }) => messageId,
      (flip) => flipLine(flip, this.words, this.cardTitle),
    )}</ol>`;
  }

  private cost({ cost }: WhatIfResult): string {
    const { whatIf: said } = this.words.t;
    if (cost.calls === 0) return said.free;
    const { calls, inputTokens, outputTokens, amount, day } = cost;
    const asked = [
      said.cost(calls, this.count(calls), this.count(inputTokens + outputTokens)),
      ...(amount === null ? [] : [said.price(number(this.words.tag, amount, { minimumFractionDigits: 2, maximumFractionDigits: 4 }))]),
    ].join(', ');
    if (!day) return asked;
    return `${asked}. ${day.limit === null ? said.day(this.count(day.used)) : said.dayOf(this.count(day.used), this.count(day.limit))}`;
  }

  /** What would be different: what is typed, and the model that would decide; undefined where nothing would. */
  private get change(): WhatIfDraft | undefined {
    const draft = this.draft();
    return this.builtin ? { ...draft, model: 'builtin' } : draft;
  }

  /** The title of a card: as it is typed, else as it is saved. */
  private readonly cardTitle = (id: string): string | undefined =>
    this.draft()?.cards?.find((card) => card.id === id)?.title || this.host.store?.get().lists.guidanceCards?.items.find((card) => card.id === id)?.title;

  private key(): string {
    return JSON.stringify([this.agentId(), this.change ?? {}]);
  }

  /** The built-in model decides by itself once the typing pauses; a configured one is asked by hand, for it costs. */
  private await(): void {
    const key = this.key();
    if (key === this.awaited) return;
    this.awaited = key;
    clearTimeout(this.timer);
    if (this.change === undefined) {
      // Saved or discarded: what it would have come to is over.
      this.running?.abort();
      Object.assign(this, { running: undefined, result: undefined, failed: undefined, stopped: false });
      return;
    }
    if (!this.agentId() || key === this.ran || !this.host.store?.get().me?.workspace.model.builtin) return;
    this.timer = setTimeout(() => void this.run(), PAUSE);
  }

  private readonly handleModel = (event: Event): void => {
    this.builtin = (event.target as HTMLSelectElement).value === 'builtin';
    this.host.requestUpdate();
  };
  private readonly handleRun = (): void => void this.run();
  private readonly handleStop = (): void => {
    this.stopped = true;
    this.running?.abort();
  };

  private async run(): Promise<void> {
    const { store } = this.host;
    const agentId = this.agentId();
    if (!store || !agentId) return;
    this.running?.abort();
    const running = new AbortController();
    Object.assign(this, { running, progress: undefined, failed: undefined, stopped: false });
    const key = this.key();
    this.host.requestUpdate();
    const tell = (progress: WhatIfProgress): void => {
      if (this.running !== running) return;
      this.progress = progress;
      this.host.requestUpdate();
    };
    const answer = await whatIf(store.core.client, agentId, this.change ?? {}, tell, running.signal);
    if (this.running !== running) return;
    this.running = undefined;
    if (answer.ok) {
      this.result = answer.value;
      this.ran = key;
    } else if (!running.signal.aborted) {
      this.failed = answer.problem;
    }
    this.host.requestUpdate();
  }
}
