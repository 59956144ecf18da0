import { html, nothing, type TemplateResult } from 'lit';
import type { visitor } from '../locales/en/visitor.ts';
import { icon } from '../ui/icon.ts';
import { back, down, person, x } from '../ui/icons.ts';
import { face } from '../ui/people.ts';
import type { Spoken } from '../ui/words.ts';
import { faceOf } from './lines.ts';
import type { ChatState } from './state.ts';

export interface HeadView {
  readonly words: Spoken<typeof visitor>;
  readonly state: ChatState;
  readonly full: boolean;
  /** The conversation is shown, not the greeting. */
  readonly talking: boolean;
  close(): void;
  back(): void;
  /** Asks for a person. */
  askForPerson(): void;
}

/** The top of the panel: who answers now, the way to a person, the way out. */
export function head(view: HeadView): TemplateResult {
  const {
    words: { t },
    state,
    full,
    talking,
  } = view;
  const { session, conversation } = state;
  const workspace = session?.workspace.name ?? '';
  const { answering } = conversation ?? {};
  const operator = talking && answering?.kind === 'operator' ? answering.name : null;
  const lost = state.connection === 'lost';
  return html`<header class="chat-head">
    ${full && talking ? html`<button type="button" class="btn ghost icon chat-back" aria-label=${t.common.back} @click=${view.back}>${icon(back)}</button>` : nothing}
    ${operator ? face({ id: faceOf(state.messages, operator).id, name: operator, picture: answering?.avatarUrl }, 32) : html`<span class="chat-brand" aria-hidden="true">${[...workspace][0]?.toLocaleUpperCase()}</span>`}
    <div class="chat-title"><h2 class="cut" id="title"><bdi>${operator ?? (workspace || t.chat.conversation)}</bdi></h2>
      <p class="cut">${operator && !lost ? html`<i class="online"></i>` : nothing}${lost ? t.chat.notConnected : operator ? workspace : standing(view)}</p></div>
    <span class="push"></span>
    ${
      talking && asksForPerson(state)
        ? html`<button type="button" class="btn ghost" @click=${view.askForPerson}>${icon(person)}${t.chat.person}</button>`
        : nothing
    }
    ${full && talking ? nothing : html`<button type="button" class="btn ghost icon" aria-label=${t.chat.close} @click=${view.close}>${icon(full ? x : down)}</button>`}
  </header>`;
}

/** True while an agent answers and nobody has been asked for. */
function asksForPerson({ conversation, session }: ChatState): boolean {
  if (!conversation) return Boolean(session?.agent);
  return conversation.answering.kind === 'agent' && !conversation.handedOff;
}

function standing({ words: { t }, state: { conversation, session }, talking }: HeadView): string {
  if (!talking) return session?.agent ? t.chat.usually : '';
  if (conversation?.handedOff) return t.chat.takesOver;
  const agent = conversation ? (conversation.answering.kind === 'agent' ? conversation.answering.name : null) : session?.agent?.name;
  return agent ? t.chat.answersNow(agent) : t.chat.team;
}
