import { html, nothing, type TemplateResult } from 'lit';
import type { operator } from '../locales/en/operator.ts';
import { icon } from '../ui/icon.ts';
import { send as sendGlyph } from '../ui/icons.ts';
import { ariaKeys, keyHint } from '../ui/keys.ts';
import { number } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';

/** What stands at the end of the composer: why it does not go out, and the button that sends. */
export interface FootEnd {
  readonly kind: 'reply' | 'note' | 'locked';
  /** By how many characters the text is too long. */
  readonly over: number;
  /** Something newer came, and the writer was asked. */
  readonly asked: boolean;
  /** What is the matter with the files. */
  readonly files: string | undefined;
  readonly underway: boolean;
  readonly disabled: boolean;
  /** What sends. */
  readonly keys: string;
}

/** The end of the composer: what hinders, and the button that sends. */
export function footEnd({ kind, over, asked, files, underway, disabled, keys }: FootEnd, { t, tag }: Spoken<typeof operator>): TemplateResult {
  const { composer } = t.thread;
  const plain = kind === 'reply' && !asked;
  const label = kind === 'note' ? composer.leaveNote : kind === 'locked' ? composer.assumeAndSend : asked ? composer.sendAnyway : composer.send;
  const hint =
    over > 0
      ? html`<span class="hint bad" role="alert">${composer.tooLong(over, number(tag, over))}</span>`
      : files
        ? html`<span class="hint ${underway ? '' : 'bad'}" role="status">${files}</span>`
        : asked
          ? html`<span class="hint">${composer.notSent}</span>`
          : nothing;
  return html`<span class="push"></span>${hint}<button type="submit" class="btn ${kind === 'note' ? '' : 'primary'} ${plain ? 'may-shrink' : ''}" ?disabled=${disabled} aria-keyshortcuts=${keys ? ariaKeys(keys) : nothing}>${
    plain ? html`<span class="only-narrow">${icon(sendGlyph)}</span>` : nothing
  }<span class=${plain ? 'unseen-narrow' : ''}>${label}</span>${keys ? html` <kbd class="hide-narrow">${keyHint(keys)}</kbd>` : nothing}</button>`;
}
