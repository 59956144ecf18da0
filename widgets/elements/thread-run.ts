import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../server/contract/message.ts';
import type { Why } from '../../server/contract/why.ts';
import { icon } from '../ui/icon.ts';
import { next, skill } from '../ui/icons.ts';
import { face } from '../ui/people.ts';
import { took } from '../ui/time.ts';
import { moment, speaker } from './thread-message.ts';
import type { Setting } from './thread-setting.ts';
import { fault } from './why.ts';

/** Longest value shown of a skill's arguments or result, in characters. */
const longestValue = 4_000;

function shown(value: unknown): string {
  const written = typeof value === 'string' ? value : JSON.stringify(value, undefined, 1).replace(/\n\s*/g, ' ');
  return written.length > longestValue ? `${written.slice(0, longestValue).toWellFormed()} …` : written;
}

/** A skill that an agent ran: what it did in one line; arguments and result when it is opened. */
export function runLine(message: Message, setting: Setting): TemplateResult {
  const { t } = setting.words;
  const { args, result, summary, ms, ok, outcome, skill: named, why } = message.data ?? {};
  const name = typeof named === 'string' ? named : (message.code ?? message.text);
  const what = outcome === 'unknown' ? t.thread.skillUnknown : typeof summary === 'string' && summary ? summary : message.text === name ? '' : message.text;
  return html`<details class="run"><summary>${icon(skill)}<span class="run-line"><code>${name}</code><span class="run-what ${
    ok === false ? 'bad' : ''
  }" dir="auto">${ok === false && !what ? t.thread.skillFailed : why ? fault(what, why as Why) : what}</span>${icon(next, 'xs', 'fold')}</span>${
    typeof ms === 'number' && outcome === undefined ? html`<time>${took(setting.words, ms)}</time>` : moment(message.createdAt, setting)
  }</summary><dl class="run-io">${args === undefined ? nothing : html`<dt>${t.thread.args}</dt><dd>${shown(args)}</dd>`}${
    result === undefined ? nothing : html`<dt>${t.thread.result}</dt><dd>${shown(result)}</dd>`
  }</dl></details>`;
}

/** A call: who it was with, and what stands in it, which is fetched with the first of them. */
export function callLine(message: Message, setting: Setting): TemplateResult {
  const { id, name } = message.author;
  void import('./thread-call.ts');
  return html`<article class="msg contact call"><span class="msg-who">${face({ id: id ?? name, name }, 24)}</span>
    <header class="msg-head"><b class="cut"><bdi>${speaker(message, setting)}</bdi></b>${moment(message.createdAt, setting)}</header>
    <div class="msg-body"><thread-call .message=${message} .setting=${setting} ?open=${setting.opened(message.id)}></thread-call></div></article>`;
}
