import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../server/contract/message.ts';
import { icon } from '../ui/icon.ts';
import { next, play, skill, voice } from '../ui/icons.ts';
import { face } from '../ui/people.ts';
import { clock, took } from '../ui/time.ts';
import { called } from './called.ts';
import { moment, speaker } from './thread-message.ts';
import type { Setting } from './thread-setting.ts';

/** Longest value shown of a skill's arguments or result, in characters. */
const longestValue = 4_000;

function shown(value: unknown): string {
  const written = typeof value === 'string' ? value : JSON.stringify(value, undefined, 1).replace(/\n\s*/g, ' ');
  return written.length > longestValue ? `${written.slice(0, longestValue).toWellFormed()} …` : written;
}

/** A skill that an agent ran: what it did in one line; arguments and result when it is opened. */
export function runLine(message: Message, setting: Setting): TemplateResult {
  const { t } = setting.words;
  const { args, result, summary, ms, ok, skill: named } = message.data ?? {};
  const name = typeof named === 'string' ? named : (message.code ?? message.text);
  const what = typeof summary === 'string' && summary ? summary : message.text === name ? '' : message.text;
  return html`<details class="run"><summary>${icon(skill)}<span class="run-line"><code>${name}</code><span class="run-what ${
    ok === false ? 'bad' : ''
  }" dir="auto">${ok === false && !what ? t.thread.skillFailed : what}</span>${icon(next, 'xs', 'fold')}</span>${
    typeof ms === 'number' ? html`<time>${took(setting.words, ms)}</time>` : moment(message.createdAt, setting)
  }</summary><dl class="run-io">${args === undefined ? nothing : html`<dt>${t.thread.args}</dt><dd>${shown(args)}</dd>`}${
    result === undefined ? nothing : html`<dt>${t.thread.result}</dt><dd>${shown(result)}</dd>`
  }</dl></details>`;
}

interface Turn {
  readonly who: string;
  readonly text: string;
}

/** The turns of a call, each by the name of who spoke, else by which side it was. */
function turnsOf({ data, author }: Message, setting: Setting): Turn[] {
  const turns = data?.['turns'];
  if (!Array.isArray(turns)) return [];
  const sides: Record<string, string> = { contact: called(author.name ? author : setting.contact, setting.words), agent: setting.agent ?? setting.words.t.thread.ai, operator: setting.words.t.thread.team };
  return turns.flatMap((turn: unknown) => {
    if (typeof turn !== 'object' || turn === null) return [];
    const { name, speaker: side, text } = turn as Record<string, unknown>;
    return typeof text === 'string' ? [{ who: typeof name === 'string' && name ? name : (sides[String(side)] ?? ''), text }] : [];
  });
}

const firstTurns = 6;

/** A call, as its transcript. */
export function callLine(message: Message, setting: Setting): TemplateResult {
  const { t, tag } = setting.words;
  const { durationSeconds, recordingUrl } = message.data ?? {};
  const turns = turnsOf(message, setting);
  const open = setting.opened(message.id);
  const { id, name } = message.author;
  const length = typeof durationSeconds === 'number' ? t.thread.callOf(clock(tag, durationSeconds * 1000)) : t.thread.call;
  const recording = typeof recordingUrl === 'string' && /^https?:/.test(recordingUrl) ? recordingUrl : undefined;
  const turn = ({ who, text }: Turn): TemplateResult => html`<dt><bdi>${who}</bdi></dt><dd dir="auto">${text}</dd>`;
  return html`<article class="msg contact call"><span class="msg-who">${face({ id: id ?? name, name }, 24)}</span>
    <header class="msg-head"><b class="cut"><bdi>${speaker(message, setting)}</bdi></b>${moment(message.createdAt, setting)}</header>
    <div class="msg-body"><p class="call-head">${icon(voice)}<b class="num">${length}</b>${
      recording ? html`<a class="btn ghost sm icon push" href=${recording} target="_blank" rel="noopener noreferrer" aria-label=${t.thread.recording}>${icon(play, 'sm')}</a>` : nothing
    }</p>${
      turns.length > 0
        ? html`<dl class="transcript">${(open ? turns : turns.slice(0, firstTurns)).map(turn)}</dl>`
        : html`<p class="said" dir="auto">${message.text}</p>`
    }${
      turns.length > firstTurns
        ? html`<button type="button" class="linkish" aria-expanded=${open} @click=${() => setting.toggle(message.id)}>${
            open ? t.thread.showLess : t.thread.allLines(turns.length)
          }</button>`
        : nothing
    }</div></article>`;
}
