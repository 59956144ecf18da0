/** What messages are about, as the team names it: shown on each, asked by triggers and rules. */
import { html, type TemplateResult } from 'lit';
import type { Intent } from '../../server/contract/settings.ts';
import { flag } from '../ui/icons.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { labelled, textField, type FieldSetting } from './settings-fields.ts';
import { linesOf } from './settings-picks.ts';
import { RecordsView } from './settings-records.ts';
import type { OpenSection, SettingsHost, SettingWords } from './settings-sections.ts';

export const open: OpenSection = (host, settings) => new IntentsView(host, settings);

interface IntentDraft {
  /** How rules call it; fixed once it is made. */
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly hot: boolean;
  readonly examples: readonly string[];
}

class IntentsView extends RecordsView<'intents', IntentDraft> {
  constructor(host: SettingsHost, settings: SettingWords) {
    super(host, settings, 'intents', [], flag);
  }

  protected get texts() {
    return this.words.t.intents;
  }

  protected draftOf(item?: Intent): IntentDraft {
    return { name: item?.name ?? '', label: item?.label ?? '', description: item?.description ?? '', hot: item?.hot ?? false, examples: item?.examples ?? [] };
  }

  protected bodyOf({ name, label, ...rest }: IntentDraft): Record<string, unknown> {
    return { ...rest, label: label.trim(), name: name || slugOf(label) };
  }

  protected nameOf({ label }: Intent): string {
    return label;
  }

  protected factsOf({ description, hot }: Intent): unknown {
    return sentence([...(hot ? [this.words.t.intents.hotMark] : []), ...(description ? [apart(description)] : [])].join(' · '));
  }

  protected fields(draft: IntentDraft, setting: FieldSetting): TemplateResult {
    const {
      t: { intents },
    } = this.words;
    return html`<section class="group">${textField(setting, 'label', intents.label, draft.label, (label) => this.change({ label }), { max: 200 })}
      ${labelled(
        setting,
        'description',
        intents.description,
        ({
          id,
          invalid,
          says,
        }) => html`<textarea class="field" id=${id} rows="2" maxlength="2000" dir="auto" .value=${draft.description} aria-invalid=${invalid} aria-describedby=${says}
        @input=${(event: Event) => this.change({ description: (event.target as HTMLTextAreaElement).value })}></textarea>`,
        intents.descriptionHint,
      )}
      ${linesOf(setting, 'examples', intents.examples, draft.examples, (examples) => this.change({ examples }), intents.examplesHint, 4)}
      <label class="check"><input type="checkbox" class="switch" role="switch" .checked=${draft.hot} @change=${(event: Event) => this.change({ hot: (event.target as HTMLInputElement).checked })}>${intents.hot}</label><p class="hint">${intents.hotHint}</p></section>`;
  }
}

/** A name for rules from what people call it; of scripts that it cannot hold, one by the clock. */
function slugOf(label: string): string {
  const slug = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_\d]+|_+$/g, '')
    .slice(0, 60);
  return slug || `intent_${Date.now().toString(36)}`;
}
