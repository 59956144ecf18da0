/** What is said often: quick replies, with variables. */
import { html } from 'lit';
import { reply as replyGlyph } from '../ui/icons.ts';
import type { Lists } from '../store/lists.ts';
import { EditingView } from './settings-editing.ts';
import type { OpenSection, SettingsHost } from './settings-sections.ts';
import { textField } from './settings-quick-text.ts';

export const open: OpenSection = (host) => new QuickView(host);

interface QuickDraft {
  name: string;
  text: string;
}

class QuickView extends EditingView<'quickReplies', QuickDraft> {
  constructor(host: SettingsHost) {
    super(host, 'quickReplies', [], replyGlyph);
  }

  protected get texts() {
    return this.words.t.quick;
  }

  protected draftOf(item?: Lists['quickReplies']): QuickDraft {
    return { name: item?.name ?? '', text: item?.text ?? '' };
  }

  protected row({ name, text }: Lists['quickReplies']) {
    return { mark: html``, name, facts: html`<bdi>${text.split('\n')[0]}</bdi>` };
  }

  protected fields({ text }: QuickDraft) {
    return textField({
      id: 'quick-text',
      label: this.words.t.quick.text,
      text,
      words: this.words,
      preview: true,
      wrong: this.wrongAt('text'),
      change: (next) => this.change({ text: next }),
    });
  }

  protected removalText() {
    return html`<p>${this.words.t.quick.removeText}</p>`;
  }
}
