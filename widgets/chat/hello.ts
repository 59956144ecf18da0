import { html, nothing, type TemplateResult } from 'lit';
import type { visitor } from '../locales/en/visitor.ts';
import { icon } from '../ui/icon.ts';
import { next } from '../ui/icons.ts';
import { ago } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { author } from './log.ts';
import type { ChatState } from './state.ts';

export interface HelloView {
  readonly words: Spoken<typeof visitor>;
  readonly state: ChatState;
  readonly now: number;
  /** The site's own greeting, instead of ours. */
  readonly greeting?: string;
  readonly questions: readonly string[];
  ask(question: string): void;
  askForPerson(): void;
  /** Shows the last conversation. */
  resume(): void;
}

/** What stands before the first word: who answers, ways to begin, and the way back to the last conversation. */
export function hello(view: HelloView): TemplateResult {
  const {
    words: { t },
    state: { session, messages },
    questions,
  } = view;
  const agent = session?.agent;
  const last = messages.findLast(({ author: { kind } }) => kind !== 'contact') ?? messages.at(-1);
  return html`<div class="hello">
    <div class="hello-say"><h3 dir="auto">${view.greeting || greeting(view)}</h3>${session ? html`<p>${agent ? t.chat.agentAnswers(agent.name) : t.chat.teamAnswers}</p>` : nothing}</div>
    ${
      questions.length > 0 || agent
        ? html`<ul class="starts">${questions.map((question) => start(question, () => view.ask(question)))}${agent ? start(t.chat.talkToPerson, view.askForPerson) : nothing}</ul>`
        : nothing
    }
    ${
      last
        ? html`<button type="button" class="last" @click=${view.resume}>${author(last.author, 32)}<span><span class="cut" dir="auto">${last.text}</span>
        <small>${t.chat.last(ago(view.words, last.createdAt, view.now))}</small></span><span class="push"></span>${icon(next, 'sm')}</button>`
        : nothing
    }
    <div class="hello-foot"><slot name="foot"></slot></div>
  </div>`;
}

function start(question: string, ask: () => void): TemplateResult {
  return html`<li><button type="button" @click=${ask}><span dir="auto">${question}</span><span class="push"></span>${icon(next)}</button></li>`;
}

function greeting({ words: { t }, now }: HelloView): string {
  const hour = new Date(now).getHours();
  return hour < 5 || hour >= 18 ? t.chat.greeting.evening : hour < 12 ? t.chat.greeting.morning : t.chat.greeting.afternoon;
}
