import { html, type TemplateResult } from 'lit';
import type { composing } from '../locales/en/composing.ts';
import { icon } from '../ui/icon.ts';
import { emoji } from '../ui/icons.ts';
import type { Popover } from '../ui/popover.ts';
import type { Spoken } from '../ui/words.ts';

/** The button for emoji, and what it opens: fetched then. `take` writes the one that was taken where the caret stands. */
export function emojiButton(popover: Popover, { t }: Spoken<typeof composing>, take: (sign: string) => void): TemplateResult {
  const pick = (event: CustomEvent<string>): void => {
    popover.hide();
    take(event.detail);
  };
  return html`<span class="emoji">${popover.render(
    { look: 'btn ghost icon', content: icon(emoji), label: t.emoji.insert },
    {
      look: 'popover',
      label: t.emoji.insert,
      role: 'dialog',
      content: () => html`<conv-emoji @emoji-pick=${pick}></conv-emoji>`,
      opened: (floating) => {
        // Off the page by now, it is no element of ours yet.
        const begin = (): unknown => floating.isConnected && floating.querySelector('conv-emoji')?.begin();
        import('./emoji-picker.ts').then(begin, popover.hide.bind(popover));
      },
    },
  )}</span>`;
}
