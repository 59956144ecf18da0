/** The few emoji that a visitor picks from; fetched when the button is first pressed. */
import { css, html, type TemplateResult } from 'lit';

const emojis = '😀 😊 😂 😍 😅 🤔 😢 😡 👍 👎 👋 🙏 👏 💪 🎉 ❤️ ✅ ❌ ⭐ ☕ 🚚 📦 📷 📅'.split(' ');

const sheet = css`
.emojis { flex: none; display: flex; flex-wrap: wrap; margin: 0 12px 8px; padding: 4px; border: var(--conv-stroke) solid var(--conv-line); border-radius: var(--conv-radius-xl); }
.emojis button { inline-size: 12.5%; block-size: 36px; padding: 0; border: 0; border-radius: var(--conv-radius-lg); background: none; font-size: var(--_fs-2xl); cursor: pointer; }
.emojis button:hover { background: var(--conv-hover); }
`.styleSheet!;

/** All of them as buttons. @param root that they are shown in @param label of the group @param insert takes the one that was chosen */
export function emojiList(root: ParentNode, label: string, insert: (one: string) => void): TemplateResult {
  if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  return html`<div class="emojis" role="group" aria-label=${label}>${emojis.map((one) => html`<button type="button" @click=${() => insert(one)}>${one}</button>`)}</div>`;
}
