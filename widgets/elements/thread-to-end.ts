/** Where the end of a conversation is out of view: what came there meanwhile, and the way to it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../server/contract/message.ts';
import { icon } from '../ui/icon.ts';
import { down } from '../ui/icons.ts';
import type { Setting } from './thread-setting.ts';

/** How much was said behind the item `seen`, by its seq, but for what the reader said. */
export const freshBelow = (items: readonly Message[], seen: number, me: string | undefined): number =>
  items.filter(({ seq, kind, author }) => seq > seen && (kind === 'message' || kind === 'note' || kind === 'call') && author.id !== me).length;

/** The way to the end, with how much is new there. */
export const toEndButton = ({ words: { t } }: Setting, fresh: number, go: () => void): TemplateResult =>
  html`<button type="button" class=${fresh > 0 ? 'pill-new' : 'btn icon to-end'} aria-label=${fresh > 0 ? nothing : t.thread.toNewest} @click=${go}>${icon(down)}${
    fresh > 0 ? t.thread.newBelow(fresh) : nothing
  }</button>`;
