import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Message } from '../../server/contract/message.ts';
import { callTexts } from '../locales/call.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { play, voice } from '../ui/icons.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { callSheet } from '../ui/sheets/call.ts';
import { clock, number } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import { CallReading } from './call-reading.ts';
import { called } from './called.ts';
import type { Setting } from './thread-setting.ts';

interface Turn {
  readonly who: string;
  readonly text: string;
  /** Milliseconds from the start; undefined where nobody said. */
  readonly at: number | undefined;
}

/** How much of a transcript stands there before somebody asks for all: of a running call the newest, of another the first. */
const shown = 6;

/** A recording is led to by the web's safe protocol only. */
function safeLink(url: unknown): string | undefined {
  return typeof url === 'string' && URL.canParse(url) && new URL(url).protocol === 'https:' ? url : undefined;
}

/** Who said what when, each by the name of who spoke, else by which side it was. */
function turnsOf({ data, author }: Message, setting: Setting): Turn[] {
  const turns = data?.['turns'];
  if (!Array.isArray(turns)) return [];
  const { t } = setting.words;
  const sides: Record<string, string> = {
    contact: called(author.name ? author : setting.contact, setting.words),
    agent: setting.agent ?? t.thread.ai,
    operator: t.thread.team,
  };
  return turns.flatMap((turn: unknown) => {
    if (typeof turn !== 'object' || turn === null) return [];
    const { name, speaker, text, atSeconds } = turn as Record<string, unknown>;
    if (typeof text !== 'string') return [];
    return [
      {
        who: typeof name === 'string' && name ? name : (sides[String(speaker)] ?? ''),
        text,
        at: typeof atSeconds === 'number' ? atSeconds * 1_000 : undefined,
      },
    ];
  });
}

/** What was noted about a call, which is its text then. */
function noteOf({ data }: Message): string | undefined {
  const note = data?.['note'];
  return typeof note === 'string' && note ? note : undefined;
}

/** A telephone call: its length or that it goes on, who said what, the way to its recording, and what was noted about it. */
export class ThreadCall extends ConvElement {
  static override styles = [buttonsSheet, callSheet];

  @property({ attribute: false }) message?: Message;
  @property({ attribute: false }) setting?: Setting;
  /** All lines are shown. */
  @property({ type: Boolean }) open = false;
  private readonly words = words(this, callTexts);
  private readonly reading = new CallReading(this, () => {
    const { message, setting } = this;
    if (!message || !setting?.translating) return undefined;
    const turns = turnsOf(message, setting).map(({ text }) => text);
    return { message, translating: setting.translating, turns, ...this.range(turns.length), note: noteOf(message) };
  });

  override render(): unknown {
    const { message, setting, open } = this;
    if (!message || !setting) return nothing;
    const { t, tag } = this.words;
    const { durationSeconds, recordingUrl, ended } = message.data ?? {};
    const note = noteOf(message);
    const turns = turnsOf(message, setting);
    const live = ended === false;
    const recording = safeLink(recordingUrl);
    const { from, to } = this.range(turns.length);
    return html`<p class="call-head">${icon(voice)}${
      live
        ? html`<b class="live">${t.live}</b>`
        : html`<b class="num">${typeof durationSeconds === 'number' ? t.length(clock(tag, durationSeconds * 1_000)) : t.ended}</b>`
    }${this.reading.button()}${
      recording
        ? html`<a class="btn ghost sm icon push" href=${recording} target="_blank" rel="noopener noreferrer" aria-label=${t.recording}>${icon(play, 'sm')}</a>`
        : nothing
    }</p>${this.transcript(turns.slice(from, to), message)}${this.reading.line()}${
      turns.length > shown
        ? html`<button type="button" class="linkish" aria-expanded=${open} @click=${() => setting.toggle(message.id)}>${open ? t.less : t.all(number(tag, turns.length))}</button>`
        : nothing
    }${note ? html`<p class="call-note"><b>${t.note}:</b> <bdi>${this.reading.says(note)}</bdi></p>` : nothing}`;
  }

  /** Of so many turns, those that are shown. */
  private range(many: number): { from: number; to: number } {
    if (this.open) return { from: 0, to: many };
    return this.message?.data?.['ended'] === false ? { from: Math.max(0, many - shown), to: many } : { from: 0, to: Math.min(many, shown) };
  }

  private transcript(turns: readonly Turn[], message: Message): TemplateResult {
    const { t, tag } = this.words;
    if (turns.length === 0) return html`<p dir="auto">${noteOf(message) === message.text || !message.text ? t.none : message.text}</p>`;
    return html`<dl class="transcript" aria-label=${t.transcript}>${turns.map(
      ({ who, text, at }) =>
        html`<div><dt><time class="num">${at === undefined ? nothing : clock(tag, at)}</time><bdi>${who}</bdi></dt><dd dir="auto">${this.reading.says(text)}</dd></div>`,
    )}</dl>`;
  }
}

define('thread-call', ThreadCall);

declare global {
  interface HTMLElementTagNameMap {
    'thread-call': ThreadCall;
  }
}
