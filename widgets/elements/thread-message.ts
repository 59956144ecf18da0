import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../server/contract/message.ts';
import type { Pending } from '../store/state.ts';
import { channelGlyph } from '../ui/channels.ts';
import { icon } from '../ui/icon.ts';
import { book, card, check, handoff, lock, playbook, skill, type Glyph } from '../ui/icons.ts';
import { bot, face } from '../ui/people.ts';
import { fullTime, listed, number, timeOfDay } from '../ui/time.ts';
import { called } from './called.ts';
import { noteText } from './note-text.ts';
import { delivery, deliveryFoot, deliveryOf, waiting, wentWrong } from './thread-delivery.ts';
import { files, originalOf, saidWith } from './thread-files.ts';
import { linkTo } from './thread-link.ts';
import type { Setting } from './thread-setting.ts';
import { paragraphs, writing } from './thread-text.ts';
import { inWords, isInOtherWords, translateButton } from './translate-view.ts';
import { told } from '../ui/told.ts';

/** Who spoke, in the grammar of the look: a person of the customer, an agent, one of the team, or the workspace itself. */
type Voice = 'contact' | 'agent' | 'human' | 'fixed-text';

function voiceOf({ author }: Message): Voice {
  if (author.kind === 'contact' || author.kind === 'agent') return author.kind;
  return author.kind === 'operator' ? 'human' : 'fixed-text';
}

/** The name beside a message: `You` for one's own. */
export function speaker({ author }: Pick<Message, 'author'>, { me, words, contact }: Pick<Setting, 'me' | 'words' | 'contact'>): string {
  if (author.kind === 'operator' && author.id !== null && author.id === me) return words.t.common.you;
  if (author.kind === 'operator' && author.id === null) return words.t.thread.team;
  if (author.kind === 'contact') return called(author.name ? author : contact, words);
  return author.name || (author.kind === 'system' ? words.t.thread.team : '');
}

/** Marks what an agent wrote, and which person had a hand in it. */
function origin(message: Message, setting: Setting): string | undefined {
  const t = setting.words.t.thread;
  if (message.author.kind === 'system') return t.automatic;
  if (message.data?.['fromApp']) return t.fromPhone;
  if (!message.aiGenerated) return undefined;
  const named = (id: string): string => (id === setting.me ? setting.words.t.common.you : (setting.name(id) ?? setting.words.t.draft.somebody));
  if (message.editedBy) return t.aiEdited(named(message.editedBy));
  return message.approvedBy ? t.aiApproved(named(message.approvedBy)) : t.ai;
}

function intentMark(name: string, setting: Setting): TemplateResult {
  const known = setting.intent(name);
  return html`<span class="intent ${known?.hot ? 'hot' : ''}"><bdi>${known?.label ?? name.replaceAll('_', ' ')}</bdi></span>`;
}

function channelMark(channel: Message['channel'], setting: Setting): unknown {
  if (!channel || channel === setting.channel) return nothing;
  const glyph: Glyph | undefined = channel === 'custom' ? undefined : channelGlyph[channel];
  const name = channel === 'custom' ? '' : setting.words.t.shared.channel[channel];
  return html`${glyph ? icon(glyph, 'xs') : nothing}<span class="sr">${setting.words.t.thread.via(name)}</span>`;
}

/** When something was said, with the full moment for those who point at it. */
export function moment(at: string, { words }: Setting): TemplateResult {
  return html`<time datetime=${at} title=${fullTime(words.tag, at)}>${timeOfDay(words.tag, at)}</time>`;
}

/** The same as a link to the message, which a press copies. */
function stamp({ id, conversationId, createdAt }: Message, setting: Setting): TemplateResult {
  const copy = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.currentTarget?.dispatchEvent(new CustomEvent('conv-copy-link', { detail: { messageId: id }, bubbles: true, composed: true }));
  };
  return html`<a class="stamp" tabindex="-1" href=${linkTo(conversationId, location.href, id)} title=${setting.words.t.thread.menu.copyLink} @click=${copy}>${moment(createdAt, setting)}</a>`;
}

/** What an answer rests on: articles, and for drafts also skills, cards and the playbook. */
export function rests(because: NonNullable<Message['because']>, { words }: Pick<Setting, 'words'>): TemplateResult[] {
  const cite = (glyph: Glyph, text: string): TemplateResult => html`<span class="cite">${icon(glyph, 'sm')}<bdi>${text}</bdi></span>`;
  const { playbook: flow } = because;
  const { t, tag } = words;
  return [
    ...because.articles.map(({ title, passage }) =>
      passage ? html`<details class="cite"><summary>${icon(book, 'sm')}<bdi>${title}</bdi></summary><p dir="auto">${passage}</p></details>` : cite(book, title),
    ),
    ...because.skills.map((name) => cite(skill, name)),
    ...because.cards.map(({ title }) => cite(card, title)),
    ...(flow ? [cite(playbook, t.draft.step(flow.name, number(tag, flow.step), number(tag, flow.steps)))] : []),
  ];
}

function who(message: Message, voice: Voice, setting: Setting): TemplateResult {
  if (voice === 'fixed-text') return html`<span class="msg-who">${icon(handoff)}</span>`;
  const { id, name } = message.author;
  return html`<span class="msg-who">${voice === 'agent' ? bot({ name, avatarUrl: setting.avatar(id) }, 24) : face({ id: id ?? name, name, picture: setting.avatar(id) }, 24)}</span>`;
}

function routes(message: Message, setting: Setting): unknown {
  if (!message.routes?.length) return nothing;
  return html`<div class="routes">${message.routes.map(({ id, label }) => {
    const chosen = id === message.chosenRouteId;
    return html`<span class="route ${chosen ? 'is-chosen' : ''}">${chosen ? icon(check, 'xs') : nothing}<bdi>${label}</bdi>${
      chosen ? html`<span class="sr">, ${setting.words.t.thread.chosen}</span>` : nothing
    }</span>`;
  })}</div>`;
}

/** What people put on a message; who it was shows to those who point at it. */
function reactions({ data }: Message): unknown {
  const all = data?.['reactions'];
  if (!Array.isArray(all)) return nothing;
  const given = all.flatMap((one: unknown) => {
    const { emoji, by } = one as { emoji?: unknown; by?: { name?: unknown } };
    return typeof emoji === 'string' && emoji ? [{ emoji, name: String(by?.name ?? '') }] : [];
  });
  return given.length > 0
    ? html`<p class="reactions">${given.map(({ emoji, name }) => html`<span title=${name}>${emoji}<span class="sr"> ${name}</span></span>`)}</p>`
    : nothing;
}

function foot(message: Message, setting: Setting): unknown {
  const articles = message.aiGenerated && message.because ? rests({ ...message.because, skills: [], cards: [], playbook: null }, setting) : [];
  const again = deliveryFoot(message, setting);
  return again === nothing && articles.length === 0 ? nothing : html`<footer class="msg-foot">${again}${articles}</footer>`;
}

/** A message between the customer and the team. Order in the tree is order of reading: who, when, what. */
export function messageLine(message: Message, setting: Setting): TemplateResult {
  const voice = voiceOf(message);
  const made = origin(message, setting);
  const contact = voice === 'contact';
  const letter = Boolean(message.htmlUrl || message.data?.['htmlDropped']) || (contact && message.channel === 'email' && Boolean(message.subject));
  return html`<article class="msg ${contact ? '' : 'team'} ${voice} ${letter ? 'mail' : ''} ${wentWrong(message) ? 'failed' : ''}">
    ${contact ? who(message, voice, setting) : nothing}<header class="msg-head"><b class="cut"><bdi>${speaker(message, setting)}</bdi></b>${made ? html`<span>${made}</span>` : nothing}${channelMark(
      message.channel,
      setting,
    )}${stamp(message, setting)}${contact ? nothing : deliveryOf(message, setting)}${
      contact && message.intent ? intentMark(message.intent, setting) : nothing
    }${translateButton(message, setting)}</header>
    ${letter ? letterBody(message, setting) : html`<div class="msg-body">${subjectOf(message, setting)}${copies(message, setting)}${said(message, setting)}${files(message, setting)}${routes(message, setting)}${reactions(message)}</div>`}${
      contact ? nothing : who(message, voice, setting)
    }${foot(message, setting)}</article>`;
}

function subjectOf({ subject }: Message, { words }: Setting): unknown {
  return subject ? html`<p class="subject" dir="auto"><span class="sr">${words.t.thread.subject}: </span>${subject}</p>` : nothing;
}

function said(message: Message, setting: Setting): unknown {
  const quoted = message.data?.['quoted'];
  return inWords(message, setting, (text, key) =>
    key === message.id ? writing(setting, key, saidWith(message), undefined, typeof quoted === 'string' ? quoted : '') : writing(setting, key, text),
  );
}

const named = ({ handle, name }: NonNullable<Message['cc']>[number]): string => (name ? `${name} (${handle})` : handle);

/** Who else has what was written, where it is no letter with a head of its own. */
function copies({ cc }: Message, { words }: Setting): unknown {
  return cc?.length ? html`<p class="dim copies">${words.t.thread.copyTo} <bdi>${listed(words.tag, cc.map(named))}</bdi></p>` : nothing;
}

function htmlOf(url: string, message: Message, setting: Setting): TemplateResult {
  return html`<conv-mail .src=${url} .key=${message.id} .remember=${message.direction === 'inbound' ? setting.pictures(message.id) : undefined}><div class="mail-text">${writing(setting, message.id, saidWith(message))}</div></conv-mail>`;
}

/** An email: what it is about, where it came from and who has a copy, then what it says. */
function letterBody(message: Message, setting: Setting): TemplateResult {
  const { t } = setting.words;
  const from = message.author.kind === 'contact' ? setting.contact?.email : null;
  const below = [files(message, setting), routes(message, setting)].filter((part) => part !== nothing);
  const head = [
    message.subject ? html`<dt>${t.thread.subject}</dt><dd class="subject" dir="auto">${message.subject}</dd>` : nothing,
    from ? html`<dt>${t.thread.from}</dt><dd><bdi>${from}</bdi></dd>` : nothing,
    message.cc?.length ? html`<dt>${t.thread.copyTo}</dt><dd><bdi>${listed(setting.words.tag, message.cc.map(named))}</bdi></dd>` : nothing,
  ].filter((line) => line !== nothing);
  return html`<div class="mail-box">${head.length > 0 ? html`<dl class="mail-head">${head}</dl>` : nothing}${
    message.htmlUrl && !isInOtherWords(message, setting)
      ? html`${htmlOf(message.htmlUrl, message, setting)}<div class="mail-mark">${inWords(message, setting, () => nothing)}</div>${below.length > 0 ? html`<div class="mail-text">${below}</div>` : nothing}`
      : html`${message.data?.['htmlDropped'] ? html`<mail-dropped .reason=${message.data['htmlDropped']} .original=${originalOf(message)?.url}></mail-dropped>` : nothing}<div class="mail-text">${said(message, setting)}${below}</div>`
  }</div>`;
}

/** A note: ochre paper with a lock. */
export function noteLine(message: Message, setting: Setting): TemplateResult {
  const { id, name } = message.author;
  const names = (message.mentions ?? []).map((mentioned) => setting.name(mentioned) ?? '');
  return html`<article class="msg team note"><header class="msg-head">${icon(lock, 'sm')}<b class="cut"><bdi>${speaker(message, setting)}</bdi></b><span
      class="cut">${setting.words.t.thread.note}</span>${stamp(message, setting)}${translateButton(message, setting)}</header>
    <div class="msg-body">${inWords(message, setting, (text, key) => noteText(setting, key, text, names))}${files(message, setting)}</div>
    <span class="msg-who">${face({ id: id ?? name, name, picture: setting.avatar(id) }, 24)}</span></article>`;
}

/** One's own message or note that the server does not have yet, or refused. */
export function pendingLine(pending: Pending, setting: Setting): TemplateResult {
  const { t } = setting.words;
  const { kind, stage, createdAt: at, problem } = pending;
  const id = setting.me ?? '';
  const refused = stage === 'refused';
  const state = refused ? delivery({ status: 'failed', at }, setting) : stage === 'waits' ? waiting(setting) : delivery({ status: 'sending', at }, setting);
  return html`<article class="msg team ${kind === 'note' ? 'note' : 'human'} ${refused ? 'failed' : ''}">
    <header class="msg-head">${kind === 'note' ? icon(lock, 'sm') : nothing}<b>${t.common.you}</b>${moment(at, setting)}${state}</header>
    <div class="msg-body">${kind === 'note' ? noteText(setting, pending.key, pending.body.text, []) : paragraphs(pending.body.text)}</div><span class="msg-who">${face({ id, name: setting.name(id), picture: setting.avatar(id) }, 24)}</span>${
      refused
        ? html`<footer class="msg-foot">${problem ? html`<bdi>${told(problem, setting.words)}</bdi>` : nothing}<button type="button" class="linkish"
            @click=${() => setting.resend(pending)}>${t.thread.sendAgain}</button><button type="button" class="linkish"
            @click=${() => setting.discard(pending)}>${t.thread.discard}</button></footer>`
        : nothing
    }</article>`;
}
