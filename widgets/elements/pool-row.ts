import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../../server/contract/common.ts';
import type { SharedConversation, Working } from '../../server/contract/conversation.ts';
import type { operatorTexts } from '../locales/operator.ts';
import type { Match } from '../store/state.ts';
import { channelGlyph } from '../ui/channels.ts';
import { placesOf } from '../ui/found.ts';
import { icon } from '../ui/icon.ts';
import {
  alert,
  archive,
  clock,
  done,
  draft as draftGlyph,
  flag,
  handoff as handoffGlyph,
  link,
  lock,
  pause,
  pencil,
  person,
  play,
  shield,
  transfer,
  type Glyph,
} from '../ui/icons.ts';
import { atWork, signal, tag, unread as unreadMark, urgentMark } from '../ui/marks.ts';
import { bot, face } from '../ui/people.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { ago, waited } from '../ui/time.ts';
import type { Words } from '../ui/words.ts';
import { called } from './called.ts';
import { snoozedText } from './snooze-text.ts';

export type PoolWords = Pick<Words<(typeof operatorTexts)['english']>, 't' | 'tag'>;

/** All that a row shows. */
export interface Row {
  readonly conversation: SharedConversation;
  readonly unread: number;
  readonly working?: Working;
  /** The operator's own reply that was never sent. */
  readonly unsent?: string;
  /** Where the words searched for were found. */
  readonly match?: Match;
  /** Name of the operator who asks this one to take it. */
  readonly askedBy?: string;
}

export interface RowLook {
  readonly words: PoolWords;
  readonly now: number;
  readonly me: string | undefined;
  readonly compact: boolean;
  /** What to say of where the words searched for were found, where the row itself does not show it. */
  foundIn?(match: Match): { readonly glyph: Glyph; readonly text: string } | undefined;
}

const modeGlyph: Record<SharedConversation['replyMode'], Glyph> = { auto_send: play, controlled: shield, auto_draft: draftGlyph, off: pause };

/** The icon of a channel; one of the team's own has a link. */
export const glyphOf = (channel: Channel): Glyph => (channel in channelGlyph ? channelGlyph[channel as keyof typeof channelGlyph] : link);

/** The name of a channel. */
export const channelName = ({ t }: PoolWords, channel: Channel): string =>
  channel in t.shared.channel ? t.shared.channel[channel as keyof typeof t.shared.channel] : t.pool.custom;

/** What stands in a row's link. */
export function rowLines(row: Row, look: RowLook): TemplateResult {
  const { conversation, unread } = row;
  const { words, now, compact } = look;
  const { contact } = conversation;
  const states = statesOf(row, look);
  const named = row.match?.kind === 'contact' ? row.match.marks : [];
  return html`<span class="row-line"><span class="row-name"><bdi>${marked(called(contact, words), named)}</bdi></span><span class="row-from"><bdi>${marked(contact.company ?? '', named)}</bdi></span>${conversation.priority === 'urgent' ? urgentMark(words.t.shared.priority.urgent) : nothing}${compact ? (states[0] ?? nothing) : nothing}<time
      datetime=${conversation.lastActivityAt}>${ago(words, conversation.lastActivityAt, now)}</time></span>
    <span class="row-line">${snippet(row, look)}${
      unread > 1 ? unreadMark(words.tag, unread, words.t.pool.unread) : unread === 1 ? html`<span class="sr">${words.t.pool.unreadWord}</span>` : nothing
    }${compact ? owner(row, look) : nothing}</span>
    ${compact ? nothing : html`<span class="row-line">${states}${conversation.tags.slice(0, 2).map(({ name, color }) => tag(name, color))}${owner(row, look)}</span>`}`;
}

/** The face of the contact with the mark of the channel. */
export function rowFace({ contact, channel }: SharedConversation): TemplateResult {
  return face({ id: contact.id, name: contact.name }, 32, glyphOf(channel));
}

function snippet({ conversation, match, unsent }: Row, { words: { t }, me }: RowLook): TemplateResult {
  const { lastMessage, subject, contact } = conversation;
  // What is known of a contact is marked where it stands.
  if (match && !(match.kind === 'contact' && [contact.name, contact.company].includes(match.snippet)))
    return html`<span class="row-text" dir="auto">${marked(nearMatch(match), match.marks)}</span>`;
  if (unsent) return html`<span class="row-text" dir="auto"><bdi>${t.pool.unsent}</bdi> ${unsent}</span>`;
  const author = lastMessage?.author;
  const lead =
    author?.kind === 'operator' ? (author.id === me ? t.pool.you : t.pool.said(firstName(author.name))) : author?.kind === 'contact' ? subject : null;
  return html`<span class="row-text" dir="auto">${lead ? html`<bdi>${lead}</bdi> ` : nothing}${lastMessage?.snippet ?? ''}</span>`;
}

/** What a row's third line says: first what needs a person, then an agent at work or its draft; in order of weight. */
function statesOf(row: Row, look: RowLook): TemplateResult[] {
  const { conversation, match } = row;
  const { words, compact } = look;
  const place = match && look.foundIn?.(match);
  const { t } = words;
  const states: TemplateResult[] = [];
  const say = (tone: Parameters<typeof signal>[0], glyph: Glyph, text: string, wait?: string): void => {
    states.push(signal(tone, glyph, compact ? html`<span class="sr">${sentence(text)}</span>` : sentence(text), wait));
  };
  if (match?.kind === 'note') say('ochre', lock, t.pool.noteBy(apart(firstName(match.author ?? ''))));
  if (place) say('dim', place.glyph, place.text);
  if (conversation.status !== 'open')
    say('dim', conversation.status === 'closed' ? done : archive, conversation.status === 'closed' ? t.pool.closed : t.pool.archived);
  if (conversation.snoozedUntil) say('dim', clock, snoozedText(words, conversation.snoozedUntil, look.now));
  if (row.askedBy) say('', transfer, t.pool.asksYou(apart(firstName(row.askedBy))));
  if (conversation.handoff)
    say(
      'copper',
      handoffGlyph,
      conversation.handoff.route?.label ?? t.pool.handoff,
      waited(words, conversation.waitingSince ?? conversation.handoff.at, look.now),
    );
  if (conversation.deliveryFailed) say('madder', alert, t.pool.notDelivered);
  if (conversation.requiresAction && !conversation.handoff) say('copper', flag, t.pool.needsAction);
  if (states.length > 0) return states;
  if (row.working) return [atWork(compact ? html`<span class="sr">${workText(row, look)}</span>` : workText(row, look))];
  if (conversation.draft?.status === 'pending') say('agent', draftGlyph, t.pool.draftBy(apart(conversation.draft.agentName)));
  else if (conversation.contact.aiPaused) say('dim', pause, t.pool.paused);
  else if (row.unsent) say('dim', pencil, t.pool.unsentReply);
  return states;
}

function workText({ conversation, working }: Row, { words: { t } }: RowLook): unknown {
  const agent = apart(conversation.agent?.name ?? t.pool.someAgent);
  if (working?.stage === 'skill') return sentence(t.pool.work.skill(agent, apart(working.skill ?? '')));
  return sentence(working?.stage === 'classifying' ? t.pool.work.classifying(agent) : t.pool.work.composing(agent));
}

function owner({ conversation }: Row, { words: { t }, me }: RowLook): TemplateResult {
  const { assignee, agent, controller, replyMode } = conversation;
  if (agent && controller.kind === 'agent' && !conversation.handoff) {
    const name = t.pool.owner.agent(agent.name, t.pool.mode[replyMode]);
    return mark(name, html`${icon(modeGlyph[replyMode], 'xs')}${bot(agent, 16)}`);
  }
  if (!assignee) return mark(t.pool.owner.nobody, icon(person, 'sm'));
  return mark(assignee.id === me ? t.pool.owner.you : t.pool.owner.operator(assignee.name), face(assignee, 16));
}

function mark(name: string, content: unknown): TemplateResult {
  return html`<span class="row-owner" title=${name}><span class="sr">${name}</span>${content}</span>`;
}

/** The words before the first hit are cut, so that a narrow row still shows it. */
function nearMatch({ snippet: text, marks }: Match): string {
  const hit = placesOf(text, marks)[0]?.[0] ?? 0;
  if (hit <= BEFORE_HIT) return text;
  const from = text.indexOf(' ', hit - BEFORE_HIT);
  return `… ${text.slice(from < 0 || from > hit ? hit : from + 1)}`;
}

/** So many characters before a hit leave it in sight. */
const BEFORE_HIT = 20;

const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;

/** Marks what a search has found. */
function marked(text: string, marks: readonly string[]): unknown {
  const places = placesOf(text, marks);
  if (places.length === 0) return text;
  return [
    ...places.map(([from, to], at) => html`${text.slice(places[at - 1]?.[1] ?? 0, from)}<mark>${text.slice(from, to)}</mark>`),
    text.slice(places.at(-1)![1]),
  ];
}
