import { html, nothing, type TemplateResult } from 'lit';
import type { Attachment, VisitorMessage } from '../../server/contract/message.ts';
import type { visitor } from '../locales/en/visitor.ts';
import { caption, isPicture, webAddress } from '../ui/attached.ts';
import { icon } from '../ui/icon.ts';
import { alert, book, calendar, check, checks, clock, file, handoff, next, people, voice, type Glyph } from '../ui/icons.ts';
import { dots } from '../ui/marks.ts';
import { bot, face, type FaceSize } from '../ui/people.ts';
import { dayMark, fileSize, fullTime, sameDay, timeOfDay } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { isOwn, type Line, type Mark } from './lines.ts';
import type { Waiting } from './state.ts';

/** What the lines of the log need to know and may ask for. */
export interface LogView {
  readonly words: Spoken<typeof visitor>;
  readonly workspace: string;
  /** What addresses of files are relative to. */
  readonly base: string;
  readonly now: number;
  /** The route whose choice is on its way. */
  readonly choosing: string | null;
  /** @param button the one that was pressed */
  choose(message: VisitorMessage, route: Route, button: Element): void;
  resend(key: string): void;
  discard(key: string): void;
}

/** One line of the conversation. */
export function line(view: LogView, one: Line): TemplateResult {
  const { t, tag } = view.words;
  switch (one.kind) {
    case 'day':
      return html`<p class="chat-sys">${sameDay(one.at, view.now) ? t.common.time.today : dayMark(view.words, one.at, view.now)}</p>`;
    case 'new':
      return html`<p class="chat-sys new"><span>${t.chat.newFrom}</span></p>`;
    case 'joined':
      return html`<p class="chat-sys">${face(one, 18)}<span>${filled(t.chat.joined, one.name)}</span></p>`;
    case 'chose':
      return html`<p class="chat-sys"><span>${filled(t.chat.chose, one.label)}</span></p>`;
    case 'writer':
      return html`<article class="say" aria-label=${t.chat.isWriting(one.writer.name)}>${author({ ...one.writer, ...one.face })}<div class="say-body">${dots()}</div></article>`;
    case 'waiting':
      return waiting(view, one.waiting, one.sending);
    case 'message':
      return isOwn(one.message)
        ? own(view, one.message.text, one.message.attachments, '', one.mark ? mark(one.mark, t) : nothing, fullTime(tag, one.message.createdAt))
        : theirs(view, one);
  }
}

function theirs(view: LogView, { message, named, introduced, last }: Extract<Line, { kind: 'message' }>): TemplateResult {
  const { t, tag } = view.words;
  const { text, attachments, articles, routes, createdAt } = message;
  const who = message.author.kind === 'system' ? view.workspace : message.author.name;
  return html`<article class="say" aria-label=${who}>
    ${named ? html`<p class="say-who"><b><bdi>${who}</bdi></b>${introduced ? t.chat.assistant(view.workspace) : nothing}</p>` : nothing}${author(message.author)}
    <div class="say-body" title=${fullTime(tag, createdAt)}>${linked(text)}${attachments.map((one) => (isPicture(one) ? picture(one, view.base) : doc(view, one)))}</div>
    ${
      articles?.length
        ? html`<p class="say-foot"><span class="sr">${t.chat.basedOn}</span>${articles.map(({ title }) => html`<span class="cite">${icon(book, 'sm')}<bdi>${title}</bdi></span> `)}</p>`
        : last && !routes?.length
          ? html`<p class="say-foot"><time datetime=${createdAt}>${moment(view, createdAt)}</time></p>`
          : nothing
    }
    ${routes?.length ? html`<div class="ways" role="group" aria-label=${t.chat.routes}>${routes.map((route) => way(view, message, route))}</div>` : nothing}
  </article>`;
}

/** A way to be reached, as a message offers it. */
export type Route = NonNullable<VisitorMessage['routes']>[number];

const glyphs: Readonly<Record<string, Glyph>> = { call: voice, meeting: calendar };

function way(view: LogView, message: VisitorMessage, route: Route): TemplateResult {
  const { id, label, hint, kind } = route;
  const chosen = message.chosenRouteId === id;
  const settled = Boolean(message.chosenRouteId) || view.choosing !== null;
  return html`<button type="button" class="way ${chosen || view.choosing === id ? 'is-chosen' : ''}" aria-pressed=${chosen ? 'true' : 'false'}
    aria-disabled=${settled ? 'true' : nothing} @click=${({ currentTarget }: Event) => settled || view.choose(message, route, currentTarget as Element)}>
    ${icon(glyphs[kind ?? ''] ?? people)}<span><b dir="auto">${label}</b>${hint ? html`<small dir="auto">${hint}</small>` : nothing}</span>${chosen ? icon(check, 'sm') : settled ? nothing : icon(next, 'sm')}</button>`;
}

function waiting(view: LogView, { key, text, attachments, at, failed }: Waiting, sending: boolean): TemplateResult {
  const { t, tag } = view.words;
  const foot = failed
    ? html`${icon(alert, 'sm')}${t.chat.notSent}
      <button type="button" class="linkish" @click=${() => view.resend(key)}>${t.common.retry}</button>
      <button type="button" class="linkish" @click=${() => view.discard(key)}>${t.chat.discard}</button>`
    : html`${icon(clock, 'sm')}${sending ? t.chat.sending : t.chat.waits}`;
  return own(view, text, attachments, failed ? 'waiting failed' : 'waiting', foot, fullTime(tag, at));
}

function own(view: LogView, text: string, attachments: readonly Attachment[], look: string, foot: unknown, at: string): TemplateResult {
  const { tag } = view.words;
  const pictures = attachments.filter(isPicture);
  const documents = attachments.filter((one) => !isPicture(one));
  const said = text === caption(attachments) ? '' : text;
  return html`<article class="say me ${look}">${pictures.map((one) => picture(one, view.base))}
    ${said || documents.length > 0 ? html`<div class="say-body" title=${at}>${said ? html`<p dir="auto">${said}</p>` : nothing}${documents.map((one) => doc(view, one))}</div>` : nothing}
    <p class="say-foot">${pictures.map(({ name, size }) => html`<span><bdi>${name}</bdi>, ${fileSize(tag, size)}</span>`)}${foot}</p></article>`;
}

function mark(seen: Mark, t: LogView['words']['t']): TemplateResult {
  return seen === 'read' ? html`${icon(checks, 'sm')}${t.chat.read}` : html`${icon(check, 'sm')}${t.chat.delivered}`;
}

/** Who speaks: a square for an agent, a circle for a person, an outline for a fixed text of the workspace. */
export function author(
  { kind, id, name, avatarUrl }: Pick<VisitorMessage['author'], 'kind' | 'id' | 'name' | 'avatarUrl'>,
  size: FaceSize = 28,
): TemplateResult {
  if (kind === 'agent') return bot({ name, avatarUrl }, size);
  if (kind === 'operator') return face({ id: id ?? name, name, picture: avatarUrl }, size);
  return html`<span class="s28 from-team" aria-hidden="true">${icon(handoff)}</span>`;
}

function picture({ name, url }: Attachment, base: string): TemplateResult {
  const address = webAddress(url, base) ?? nothing;
  return html`<a href=${address} target="_blank" rel="noopener noreferrer"><img class="picture" src=${address} alt=${name} loading="lazy"></a>`;
}

function doc({ base, words: { tag } }: LogView, { name, size, url }: Attachment): TemplateResult {
  return html`<a class="doc" href=${webAddress(url, base) ?? nothing} target="_blank" rel="noopener noreferrer">${icon(file, 'lg')}<span><bdi>${name}</bdi><small>${fileSize(tag, size)}</small></span></a>`;
}

const address = /https?:\/\/[^\s<>"'\u0000-\u001f]+[^\s<>"'.,;:!?)\]}\u0000-\u001f]/g;

/** A text with its web addresses as links, and everything else as it is. */
function linked(text: string): TemplateResult {
  const parts: unknown[] = [];
  let from = 0;
  for (const { 0: url, index } of text.matchAll(address)) {
    parts.push(text.slice(from, index), html`<a href=${url} target="_blank" rel="noopener noreferrer nofollow">${url}</a>`);
    from = index + url.length;
  }
  return html`<p dir="auto">${parts}${text.slice(from)}</p>`;
}

/** A text with a name in it set apart. */
function filled(text: string, name: string): TemplateResult {
  const [before, after] = text.split('{name}');
  return html`${before}<b><bdi>${name}</bdi></b>${after}`;
}

function moment({ words, now }: LogView, at: string): string {
  return now - Date.parse(at) < 60_000 ? words.t.common.time.now : timeOfDay(words.tag, at);
}
