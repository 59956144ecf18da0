/** The departments of a workspace, and who belongs to them. */
import { html, nothing } from 'lit';
import type { Department } from '../../server/contract/settings.ts';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { department as departmentGlyph } from '../ui/icons.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { listed, number } from '../ui/time.ts';
import { EditingView } from './settings-editing.ts';
import type { OpenSection, SettingsHost } from './settings-sections.ts';

export const open: OpenSection = (host) => new DepartmentsView(host);

interface DepartmentDraft {
  name: string;
  operatorIds: string[];
}

/** So many members are named in a row; the rest is a number. */
const NAMED = 4;

class DepartmentsView extends EditingView<'departments', DepartmentDraft> {
  constructor(host: SettingsHost) {
    super(host, 'departments', ['operators'], departmentGlyph);
  }

  protected get texts() {
    return this.words.t.departments;
  }

  protected draftOf(item?: Department): DepartmentDraft {
    return { name: item?.name ?? '', operatorIds: [...(item?.operatorIds ?? [])] };
  }

  protected row({ name, operatorIds }: Department, { lists }: State) {
    const { t, tag } = this.words;
    const people = (lists.operators?.items ?? []).filter(({ id }) => operatorIds.includes(id));
    const rest = people.length - NAMED;
    const facts =
      people.length === 0
        ? t.departments.nobody
        : html`${sentence(
            listed(
              tag,
              people.slice(0, NAMED).map((one) => apart(one.name)),
            ),
          )}${rest > 0 ? ` ${t.departments.andMore(number(tag, rest))}` : nothing}`;
    return { mark: icon(departmentGlyph), name: html`<bdi>${name}</bdi>`, facts };
  }

  protected fields({ operatorIds }: DepartmentDraft, { lists }: State) {
    const { t } = this.words;
    const people = (lists.operators?.items ?? []).filter(({ id, active }) => active || operatorIds.includes(id));
    const wrong = this.wrongAt('operatorIds');
    return html`<fieldset class="members" aria-describedby=${wrong ? 'members-e' : nothing}><legend class="label">${t.departments.members}</legend>${
      people.length === 0
        ? html`<p class="hint">${lists.operators?.loaded ? t.departments.noOperators : lists.operators?.problem ? t.common.failed : t.common.loading}</p>`
        : nothing
    }${people.map(
      ({ id, name, active }) => html`<label class="check"><input type="checkbox" class="box" .checked=${operatorIds.includes(id)}
        @change=${(event: Event) => this.change({ operatorIds: (event.target as HTMLInputElement).checked ? [...operatorIds, id] : operatorIds.filter((one) => one !== id) })}><bdi>${name}</bdi>${
          active ? nothing : html`<small class="dim">${t.departments.inactive}</small>`
        }</label>`,
    )}${wrong ? html`<p class="refusal" id="members-e">${wrong}</p>` : nothing}</fieldset>`;
  }

  protected removalText() {
    return html`<p>${this.words.t.departments.removeText}</p>`;
  }
}
