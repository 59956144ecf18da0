import { html, nothing, type TemplateResult } from 'lit';
import type { Glyph } from './icons.ts';
import { icon } from './icon.ts';
import { person } from './icons.ts';

export type FaceSize = 16 | 18 | 20 | 24 | 28 | 32 | 40;

/** Who a face stands for. Without a name it shows the outline of a person. */
export interface Person {
  readonly id: string;
  readonly name?: string | null;
}

/** Which of six tints a person has: the same id, the same tint (FNV-1a over its UTF-16 units). */
export function tint(id: string): 1 | 2 | 3 | 4 | 5 | 6 {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (((hash >>> 0) % 6) + 1) as 1 | 2 | 3 | 4 | 5 | 6;
}

/** One or two letters for a name: `Marta Oliveira` MO, `نور الحداد` نح, an address or a number none. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).map((word) => word.replace(/^ال(?=\p{L})/u, '').replace(/^[^\p{L}]+/u, '')).filter(Boolean);
  if (words.length === 0 || name.includes('@')) return '';
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...(words[words.length - 1] ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/**
 * A person: a circle in their tint with their initials. Hidden from assistive technology; the name stands beside it.
 *
 * @param channel a channel's icon, worn as a mark on the corner.
 */
export function face(who: Person, size: FaceSize = 24, channel?: Glyph): TemplateResult {
  const letters = initials(who.name ?? '');
  return html`<span class="face f${tint(who.id)} s${size}" aria-hidden="true">${letters || icon(person, size < 24 ? 'xs' : 'md')}${
    channel ? html`<span class="face-channel">${icon(channel, 'sm')}</span>` : nothing
  }</span>`;
}

/** An agent: a rounded square with its letter; an outline when it is not active. */
export function bot(agent: { readonly name: string; readonly active?: boolean }, size: FaceSize = 24): TemplateResult {
  const letter = [...agent.name.trim()][0]?.toLocaleUpperCase() ?? '';
  return html`<span class="bot s${size} ${agent.active === false ? 'is-off' : ''}" aria-hidden="true">${letter}</span>`;
}
