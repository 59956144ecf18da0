/** The tags of a workspace: their names and colours. */
import { html, nothing } from 'lit';
import type { Tag } from '../../server/contract/settings.ts';
import { tag as tagGlyph } from '../ui/icons.ts';
import { tag } from '../ui/marks.ts';
import { number } from '../ui/time.ts';
import type { ToastAct } from '../ui/toast.ts';
import { EditingView } from './settings-editing.ts';
import type { OpenSection, SettingsHost } from './settings-sections.ts';

export const open: OpenSection = (host) => new TagsView(host);

interface TagDraft {
  name: string;
  color: number;
}

const COLORS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

class TagsView extends EditingView<'tags', TagDraft> {
  /** How many conversations carry the tag that is about to go; undefined while that is not known. */
  private carried?: number;

  constructor(host: SettingsHost) {
    super(host, 'tags', [], tagGlyph);
  }

  protected get texts() {
    return this.words.t.tags;
  }

  protected draftOf(item?: Tag): TagDraft {
    // The colour that is used least stands ready.
    const used = this.host.store?.get().lists.tags?.items ?? [];
    const free = COLORS.toSorted((one, other) => used.filter(({ color }) => color === one).length - used.filter(({ color }) => color === other).length)[0] ?? 8;
    return item ? { name: item.name, color: item.color } : { name: '', color: free };
  }

  protected row({ name, color }: Tag) {
    return { mark: nothing, name: tag(name, color), facts: nothing };
  }

  protected fields({ name, color }: TagDraft) {
    const { t, tag: lang } = this.words;
    return html`<fieldset class="swatches"><legend class="label">${t.tags.color}</legend>${COLORS.map(
      (one) =>
        html`<label class="swatch"><input type="radio" name="color" value=${one} .checked=${one === color} @change=${() => this.change({ color: one })}><span class="tag t${one}" aria-hidden="true"></span><span class="sr">${t.tags.colorNumber(number(lang, one))}</span></label>`,
    )}</fieldset><p class="hint">${t.tags.looksLike} ${tag(name || t.tags.sample, color)}</p>`;
  }

  protected removalText() {
    const { t, tag: lang } = this.words;
    return html`<p>${this.carried === undefined ? t.common.loading : t.tags.carried(this.carried, number(lang, this.carried))}</p>`;
  }

  protected override aboutToRemove({ name }: Tag): void {
    this.carried = undefined;
    const { store } = this.host;
    void store?.core
      .ask(() => store.core.client.api.v1.conversations.counts.$get({ query: { tag: name, status: 'any' } }))
      .then((answer) => {
        if (answer.ok) this.carried = answer.value.all.total;
        this.host.requestUpdate();
      });
  }

  protected override undoOf(item: Tag): ToastAct[] {
    const { t } = this.words;
    return [{ label: t.common.undo, undo: true, run: () => void this.restore(item) }];
  }

  private async restore({ id, name }: Tag): Promise<void> {
    const { store } = this.host;
    if (!store) return;
    const answer = await store.core.ask(() => store.core.client.api.v1.tags[':id'].restore.$post({ param: { id } }));
    void store.settings.readList('tags');
    this.say(answer.ok ? this.words.t.tags.restored(name) : this.words.t.tags.notRestored(name));
  }
}
