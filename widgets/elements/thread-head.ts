import { html, nothing, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { operator } from '../locales/en/operator.ts';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { back as backGlyph, clock, done, panel, robot, undo } from '../ui/icons.ts';
import { chip } from '../ui/marks.ts';
import { bot, face } from '../ui/people.ts';
import { listed } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { called } from './called.ts';
import { snoozedText } from './snooze-text.ts';
import { avatarOf } from './thread-avatar.ts';
import type { ThreadMenu } from './thread-menu.ts';

export interface HeadOf {
  readonly conversation: SharedConversation;
  readonly me: string | undefined;
  readonly words: Spoken<typeof operator>;
  readonly menu: ThreadMenu;
  readonly present: readonly { readonly id: string; readonly name: string }[];
  /** What the page knows; undefined while it knows nothing. */
  readonly state: State | undefined;
  readonly hasBack: boolean;
  readonly hasDetails: boolean;
  back(): void;
  details(): void;
  assume(): void;
}

/** So many colleagues who look at it too are shown by their faces. */
const mostFaces = 3;

function presence({ present, state, words }: HeadOf): unknown {
  if (present.length === 0) return nothing;
  const { t, tag } = words;
  const all = listed(
    tag,
    present.map(({ name }) => t.thread.isViewing(name)),
  );
  return html`<span class="presence hide-narrow" title=${all}>${present.slice(0, mostFaces).map((one) => face({ ...one, picture: avatarOf(state, one.id) }, 20))}<span class="sr">${all}</span><span aria-hidden="true">${t.thread.viewing}</span></span>`;
}

/** Who is in control: an agent by the robot and its name, a person by their face. */
function control({ conversation, me, words }: HeadOf): unknown {
  const { controller, agent, assignee } = conversation;
  const { t } = words;
  if (controller.kind === 'agent' && agent) {
    return html`<span class="control agent">${agent.avatarUrl ? bot(agent, 20) : icon(robot)}<bdi class="cut" aria-hidden="true">${agent.name}</bdi><span class="sr">${t.thread.inControl(agent.name)}</span></span>`;
  }
  if (!assignee) return nothing;
  const name = assignee.id === me ? t.common.you : assignee.name;
  return html`<span class="control">${face(assignee, 20)}<bdi class="cut hide-narrow">${name}</bdi></span>`;
}

function turn(head: HeadOf): unknown {
  const { conversation, words, menu, assume } = head;
  const { t } = words;
  const { controller, agent, contact } = conversation;
  if (controller.kind === 'agent' && agent) return html`<button type="button" class="btn" @click=${assume}>${t.thread.assume}</button>`;
  const paused = contact.aiPaused !== null;
  return html`<button type="button" class="btn" aria-disabled=${paused ? 'true' : nothing} title=${paused ? t.thread.noPause(called(contact, words)) : nothing}
    @click=${() => !paused && menu.transferToAi()}>${icon(robot)}<span class="hide-narrow">${t.thread.transferToAi}</span><span class="only-narrow-sr">${t.thread.transferToAi}</span></button>`;
}

/** The head of an open conversation. */
export function threadHead(head: HeadOf): TemplateResult {
  const { conversation, words, menu, hasBack, hasDetails, back, details } = head;
  const { t } = words;
  const { contact, status, subject, channel } = conversation;
  const aside = channel === 'email' && subject ? subject : contact.company;
  return html`<header class="thread-head" part="head">${
    hasBack ? html`<button type="button" class="btn ghost icon" aria-label=${t.thread.back} @click=${back}>${icon(backGlyph)}</button>` : nothing
  }<div class="thread-title"><h2><bdi>${called(contact, words)}</bdi></h2>${aside ? html`<span class="cut hide-narrow"><bdi>${aside}</bdi></span>` : nothing}${
    status === 'open' ? nothing : chip('plain', status === 'closed' ? t.thread.closed : t.thread.archived)
  }${
    conversation.snoozedUntil ? chip('plain', snoozedText(words, conversation.snoozedUntil, Date.now()), clock) : nothing
  }</div><div class="thread-tools">${presence(head)}${control(head)}${turn(head)}${
    status === 'open'
      ? html`<button type="button" class="btn ghost icon hide-narrow" aria-label=${t.thread.close} @click=${() => menu.setStatus('closed')}>${icon(done)}</button>`
      : html`<button type="button" class="btn ghost icon hide-narrow" aria-label=${t.thread.reopen} @click=${() => menu.setStatus('open')}>${icon(undo)}</button>`
  }${hasDetails ? html`<button type="button" class="btn ghost icon" aria-label=${t.thread.details} @click=${details}>${icon(panel)}</button>` : nothing}${menu.render(head)}</div></header>`;
}
