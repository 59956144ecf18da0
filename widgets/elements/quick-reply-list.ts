import { html, nothing, type TemplateResult } from 'lit';
import type { FilledReply } from '../../server/contract/macro.ts';
import type { composing } from '../locales/en/composing.ts';
import { announce } from '../ui/announce.ts';
import type { ConvElement } from '../ui/base.ts';
import type { Spoken } from '../ui/words.ts';

/** The field that is written in: what stands on the line before the caret, and a way to put something in its place. */
export interface WrittenLine {
  readonly before: string;
  /** Takes so many characters before the caret away and writes a text there; what is still to be filled in is selected. */
  replace(length: number, text: string): void;
}

/** What is to be filled in yet, such as `{{order}}`: where the first stands, and all their names. */
export function gapsOf(text: string): { readonly first: readonly [from: number, to: number]; readonly names: readonly string[] } | undefined {
  const found = [...text.matchAll(/\{\{\s*([^{}]+?)\s*\}\}/g)];
  const [first] = found;
  return first && { first: [first.index, first.index + first[0].length], names: [...new Set(found.map(([, name = '']) => name))] };
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Those whose name has a word that begins like what was typed first, then those in which it stands anywhere. */
export function matchingReplies(replies: readonly FilledReply[], typed: string, most = 8): FilledReply[] {
  const wanted = plain(typed.trim());
  const rank = ({ name, text }: FilledReply): number =>
    plain(name)
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)) || plain(name).startsWith(wanted)
      ? 0
      : plain(`${name}\n${text}`).includes(wanted)
        ? 1
        : 2;
  return replies
    .map((reply) => ({ reply, at: rank(reply) }))
    .filter(({ at }) => at < 2)
    .toSorted((one, other) => one.at - other.at)
    .slice(0, most)
    .map(({ reply }) => reply);
}

/** The list of quick replies that opens at a `/` at the start of a line: arrow keys choose, Enter or Tab takes, Escape leaves it. */
export class QuickReplies {
  private replies?: readonly FilledReply[] | 'failed';
  private asked?: string;
  /** What was left by Escape stays left. */
  private left?: string;
  private found: readonly FilledReply[] = [];
  private active = 0;
  private of = '';

  constructor(
    private readonly host: ConvElement,
    private readonly line: () => WrittenLine | undefined,
    private readonly read: () => Promise<readonly FilledReply[] | undefined>,
    private readonly words: Spoken<typeof composing>,
  ) {
    // Before the field itself: there these keys mean lines and lists.
    host.addEventListener('keydown', this.handleKey, { capture: true });
  }

  get open(): boolean {
    return this.asked !== undefined;
  }

  /** Id of the option that Enter takes. */
  get activeId(): string | undefined {
    return this.open && this.found.length > 0 ? `quick-${this.active}` : undefined;
  }

  /** Looks whether a quick reply is being asked for. */
  readonly look = (): void => {
    const asked = /^\/([^\n/]{0,40})$/.exec(this.line()?.before ?? '')?.[1];
    if (asked === undefined) {
      this.left = undefined;
      return this.close();
    }
    if (this.left !== undefined && asked.startsWith(this.left)) return;
    if (!this.open) void this.load();
    this.asked = asked;
    this.find();
  };

  readonly close = (): void => {
    if (!this.open) return;
    this.asked = undefined;
    this.host.requestUpdate();
  };

  /** @param of the conversation that is written to: with another one the list goes */
  render(of: string): TemplateResult | typeof nothing {
    if (this.of !== of) this.asked = undefined;
    this.of = of;
    if (!this.open) return nothing;
    const { t } = this.words;
    const { replies, found } = this;
    if (found.length === 0) {
      return html`<div class="menu mentions quick"><p class="menu-head" role="status">${replies === 'failed' ? t.quick.failed : !replies ? t.quick.loading : replies.length === 0 ? t.quick.none : t.quick.noMatch}</p></div>`;
    }
    return html`<div class="menu mentions quick" id="quick-replies" role="listbox" aria-label=${t.quick.title}>${found.map(
      (
        reply,
        at,
      ) => html`<div class="menu-item ${at === this.active ? 'is-active' : ''}" id="quick-${at}" role="option" aria-selected=${at === this.active ? 'true' : 'false'}
        @pointerdown=${(event: PointerEvent) => {
          event.preventDefault();
          this.take(reply);
        }}><span class="two"><b dir="auto">${reply.name}</b><small dir="auto">${reply.text}</small></span></div>`,
    )}</div>`;
  }

  private async load(): Promise<void> {
    const replies = await this.read();
    this.replies = replies ?? 'failed';
    this.find();
    if (this.open && this.found.length > 0) announce(this.host, this.words.t.quick.found(this.found.length));
  }

  private find(): void {
    this.found = this.asked === undefined || !Array.isArray(this.replies) ? [] : matchingReplies(this.replies, this.asked);
    this.active = 0;
    this.host.requestUpdate();
  }

  private take({ text }: FilledReply): void {
    const { asked = '' } = this;
    this.close();
    this.line()?.replace(asked.length + 1, text);
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (!this.open || event.isComposing || event.ctrlKey || event.metaKey) return;
    const { length } = this.found;
    if (event.key === 'Escape') {
      this.left = this.asked;
      this.close();
    } else if (length === 0) return;
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      this.active = (this.active + (event.key === 'ArrowDown' ? 1 : length - 1)) % length;
      this.host.requestUpdate();
    } else if (event.key === 'Enter' || event.key === 'Tab') this.take(this.found[this.active]!);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
