/** For how long the workspace keeps what it has. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Retention, Workspace } from '../../server/contract/settings.ts';
import { dataTexts } from '../locales/data.ts';
import { number } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import type { OpenSection, SettingsHost } from './settings-sections.ts';
import { WorkspaceView, type Misfit } from './settings-workspace.ts';

export const open: OpenSection = (host) => new DataView(host);

type Kept = keyof Retention;
/** What is kept, and the most days of each. */
const MOST: Readonly<Record<Kept, number>> = { conversationsDays: 36_500, filesDays: 36_500, eventsDays: 90, auditDays: 36_500 };
const KEPT = Object.keys(MOST) as Kept[];

/** Days as they are typed; empty: for ever. */
type Days = Readonly<Record<Kept, string>>;

class DataView extends WorkspaceView<Days> {
  private readonly words;

  constructor(host: SettingsHost) {
    super(host, 'retention');
    this.words = words(host, dataTexts);
  }

  protected get texts() {
    return this.words.t;
  }

  protected draftOf({ retention }: Workspace): Days {
    return Object.fromEntries(KEPT.map((kept) => [kept, String(retention[kept] ?? '')])) as Days;
  }

  protected bodyOf(days: Days): { retention: Retention } {
    return { retention: Object.fromEntries(KEPT.map((kept) => [kept, days[kept] === '' ? null : Number(days[kept])])) as unknown as Retention };
  }

  protected override misfits(days: Days): readonly Misfit[] {
    const { t, tag } = this.words;
    return KEPT.flatMap((kept) => {
      const [typed, most] = [Number(days[kept]), number(tag, MOST[kept])];
      const needed = kept === 'eventsDays';
      const fits = days[kept] === '' ? !needed : Number.isInteger(typed) && typed >= 1 && typed <= MOST[kept];
      return fits ? [] : [{ path: `retention.${kept}`, message: needed ? t.badEvents(most) : t.bad(most) }];
    });
  }

  protected fields(days: Days, put: (days: Days) => void, wrongAt: (path: string) => string | undefined): TemplateResult {
    const { t } = this.words;
    return html`<section class="group">${KEPT.map((kept) => {
      const wrong = wrongAt(`retention.${kept}`);
      return html`<div class="one"><label class="label" for=${kept}>${t.kept[kept]} <small>${t.days}</small></label><input class="field short" id=${kept} type="number" inputmode="numeric" min="1" max=${MOST[kept]} step="1" .value=${days[kept]}
          aria-invalid=${wrong ? 'true' : nothing} aria-describedby="${kept}-h ${wrong ? `${kept}-e` : ''}" @input=${(event: Event) => put({ ...days, [kept]: (event.target as HTMLInputElement).value })}>
        <p class="hint" id="${kept}-h">${days[kept] === '' && kept !== 'eventsDays' ? html`${t.forever}. ` : nothing}${t.hints[kept]}</p>${wrong ? html`<p class="refusal" id="${kept}-e" role="alert">${wrong}</p>` : nothing}</div>`;
    })}<p class="hint">${t.warn}</p></section><section class="group"><p>${t.oneContact}</p></section>`;
  }
}
