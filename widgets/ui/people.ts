import { html, nothing, type TemplateResult } from 'lit';
import type { Glyph } from './icons.ts';
import { icon } from './icon.ts';
import { person } from './icons.ts';

export type FaceSize = 16 | 18 | 20 | 24 | 28 | 32 | 40;

/** Who a face stands for. Without a name it shows the outline of a person. */
export interface Person {
  readonly id: string;
  readonly name?: string | null;
  /** Where its picture is. */
  readonly picture?: string | null | undefined;
}

/** Whose square it is. */
export interface Robot {
  readonly name: string;
  readonly active?: boolean;
  /** Where its picture is. */
  readonly avatarUrl?: string | null | undefined;
}

/** Pictures that could not be had, since the page forbids them or they are gone: not asked for again at every row. */
const gone = new Set<string>();

const came = ({ currentTarget }: Event): void => (currentTarget as Element).removeAttribute('data-new');
const failed = ({ currentTarget }: Event): void => void gone.add((currentTarget as HTMLImageElement).src);

/** A picture over the letters, which it covers once it is there: nothing moves, and where none comes they stay. */
function picture(url?: string | null): unknown {
  return url && !gone.has(url) ? html`<img src=${url} data-new=${url} alt="" referrerpolicy="no-referrer" @load=${came} @error=${failed}>` : nothing;
}

/** Which of six tints a person has: the same id, the same tint (FNV-1a over its UTF-16 units). */
function tint(id: string): 1 | 2 | 3 | 4 | 5 | 6 {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (((hash >>> 0) % 6) + 1) as 1 | 2 | 3 | 4 | 5 | 6;
}

/** One or two letters for a name: `Marta Oliveira` MO, `نور الحداد` نح, an address or a number none. */
function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^ال(?=\p{L})/u, '').replace(/^[^\p{L}]+/u, ''))
    .filter(Boolean);
  if (words.length === 0 || name.includes('@')) return '';
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...(words[words.length - 1] ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/**
 * A person: a circle with their picture, or in their tint with their initials. Hidden from assistive technology; the name stands beside it.
 *
 * @param channel a channel's icon, worn as a mark on the corner.
 */
export function face(who: Person, size: FaceSize = 24, channel?: Glyph): TemplateResult {
  const letters = initials(who.name ?? '');
  return html`<span class="face f${tint(who.id)} s${size}" aria-hidden="true">${letters || icon(person, size < 24 ? 'xs' : 'md')}${picture(who.picture)}${
    channel ? html`<span class="face-channel">${icon(channel, 'sm')}</span>` : nothing
  }</span>`;
}

/** An agent: a rounded square with its picture or its letter; an outline, or grey, when it is not active. */
export function bot(agent: Robot, size: FaceSize = 24): TemplateResult {
  const letter = [...agent.name.trim()][0]?.toLocaleUpperCase() ?? '';
  return html`<span class="bot s${size} ${agent.active === false ? 'is-off' : ''}" aria-hidden="true">${letter}${picture(agent.avatarUrl)}</span>`;
}
