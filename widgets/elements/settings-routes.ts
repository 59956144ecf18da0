/** How customers may choose to be reached at a handoff, and what each way needs of them. */
import { html, type TemplateResult } from 'lit';
import type { InLanguages, Route, RouteField } from '../../server/contract/settings.ts';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { plus, voice, x } from '../ui/icons.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { listed, number } from '../ui/time.ts';
import { choiceField, labelled, listRefusal, textField, type FieldSetting } from './settings-fields.ts';
import { inLanguages, languageLines } from './settings-in-languages.ts';
import { RecordsView } from './settings-records.ts';
import type { OpenSection, SettingsHost, SettingWords } from './settings-sections.ts';

export const open: OpenSection = (host, settings) => new RoutesView(host, settings);

const KINDS = ['call', 'meeting', 'team', 'other'] as const;
const FIELDS = ['phone', 'time', 'text'] as const;
const OUTSIDE = ['show', 'hide', 'offer'] as const;
const MOST = 5;

interface RouteDraft {
  readonly label: string;
  readonly kind: Route['kind'];
  readonly hint: string;
  readonly labels: InLanguages;
  readonly hints: InLanguages;
  readonly departmentId: string;
  readonly fields: readonly RouteField[];
  readonly outsideHours: Route['outsideHours'];
}

class RoutesView extends RecordsView<'routes', RouteDraft> {
  constructor(host: SettingsHost, settings: SettingWords) {
    super(host, settings, 'routes', ['departments'], voice);
  }

  protected get texts() {
    return this.words.t.routes;
  }

  protected draftOf(item?: Route): RouteDraft {
    return {
      label: item?.label ?? '',
      kind: item?.kind ?? 'call',
      hint: item?.hint ?? '',
      labels: item?.labels ?? [],
      hints: item?.hints ?? [],
      departmentId: item?.departmentId ?? '',
      fields: item?.fields ?? [],
      outsideHours: item?.outsideHours ?? 'show',
    };
  }

  protected bodyOf({ departmentId, label, ...rest }: RouteDraft): Record<string, unknown> {
    return { ...rest, label: label.trim(), departmentId: departmentId || null };
  }

  protected nameOf({ label }: Route): string {
    return label;
  }

  protected factsOf({ kind, departmentId, fields, outsideHours }: Route, { lists }: State): unknown {
    const {
      t: { routes },
      tag,
    } = this.words;
    const department = lists.departments?.items.find(({ id }) => id === departmentId);
    const asks = fields.map(({ kind: what, label }) => (label ? apart(label) : routes.field[what]));
    return sentence(
      [
        routes.kind[kind],
        ...(department ? [apart(department.name)] : []),
        ...(asks.length > 0 ? [routes.asksFor(listed(tag, asks))] : []),
        ...(outsideHours === 'hide' ? [routes.outside.hide] : []),
      ].join(' · '),
    );
  }

  protected fields(draft: RouteDraft, setting: FieldSetting, { lists }: State): TemplateResult {
    const {
      t: { routes },
    } = this.words;
    const { t } = this.rules;
    return html`<section class="group">${textField(setting, 'label', routes.label, draft.label, (label) => this.change({ label }), { max: 200, hint: routes.labelHint })}${this.others(setting, 'labels', routes.label, draft.labels, (labels) => this.change({ labels }))}
        ${choiceField(
          setting,
          'kind',
          routes.what,
          draft.kind,
          KINDS.map((kind) => [kind, routes.kind[kind]] as const),
          (kind) => this.change({ kind: kind as Route['kind'] }),
        )}
        ${textField(setting, 'hint', routes.hint, draft.hint, (hint) => this.change({ hint }), { max: 200, hint: routes.hintHint })}${draft.hint || draft.hints.length > 0 ? this.others(setting, 'hints', routes.hint, draft.hints, (hints) => this.change({ hints })) : ''}
        ${choiceField(setting, 'departmentId', t.routing.department, draft.departmentId, [['', t.routing.asIs], ...(lists.departments?.items ?? []).map(({ id, name }) => [id, name] as const)], (departmentId) => this.change({ departmentId }))}
        ${choiceField(
          setting,
          'outsideHours',
          routes.outsideTitle,
          draft.outsideHours,
          OUTSIDE.map((one) => [one, routes.outside[one]] as const),
          (one) => this.change({ outsideHours: one as Route['outsideHours'] }),
        )}</section>
      <section class="group"><header><div><h2>${routes.asks}</h2><p>${routes.asksLead}</p></div></header>${listRefusal(setting, 'fields')}${draft.fields.map((field, at) => this.field(draft, field, at, setting))}
        ${draft.fields.length < MOST ? html`<div><button type="button" class="btn writes" data-act="add-field" @click=${() => this.addField(draft)}>${icon(plus)}${routes.addField}</button></div>` : ''}</section>`;
  }

  private field(draft: RouteDraft, field: RouteField, at: number, setting: FieldSetting): TemplateResult {
    const {
      t: { routes },
      tag,
    } = this.words;
    const put = (change: Partial<RouteField>): void => this.change({ fields: draft.fields.with(at, { ...field, ...change }) });
    return html`<fieldset class="row-of"><legend class="sr">${number(tag, at + 1)}</legend>${choiceField(
      setting,
      `fields.${at}.kind`,
      routes.fieldKind,
      field.kind,
      FIELDS.map((kind) => [kind, routes.field[kind]] as const),
      (kind) => put({ kind: kind as RouteField['kind'] }),
    )}
      ${textField(setting, `fields.${at}.label`, routes.fieldLabel, field.label, (label) => put({ label }), { max: 200, ...(field.kind === 'text' ? {} : { hint: routes.fieldLabelHint }) })}${field.label || field.labels ? this.others(setting, `fields.${at}.labels`, routes.fieldLabel, field.labels ?? [], (labels) => put({ labels })) : ''}
      <div class="line"><label class="check"><input type="checkbox" class="switch" role="switch" .checked=${field.required} @change=${(event: Event) => put({ required: (event.target as HTMLInputElement).checked })}>${routes.required}</label>
        <button type="button" class="btn writes" @click=${() => this.change({ fields: draft.fields.toSpliced(at, 1) })}>${icon(x)}${routes.removeField}</button></div></fieldset>`;
  }

  /** The same words in other languages, a line each. */
  private others(setting: FieldSetting, path: string, of: string, texts: InLanguages, change: (texts: InLanguages) => void): TemplateResult {
    const {
      t: { routes },
      tag,
    } = this.words;
    return labelled(
      setting,
      path,
      routes.inLanguages(of),
      ({
        id,
        invalid,
        says,
      }) => html`<textarea class="field" id=${id} rows=${Math.min(6, Math.max(2, texts.length))} dir="auto" .value=${languageLines(texts)} aria-invalid=${invalid} aria-describedby=${says}
      @change=${(event: Event) => change(inLanguages((event.target as HTMLTextAreaElement).value, tag))}></textarea>`,
      routes.inLanguagesHint,
    );
  }

  private addField({ fields }: RouteDraft): void {
    const kind = FIELDS.find((one) => !fields.some((field) => field.kind === one)) ?? 'text';
    const free = (name: string, at = 1): string => {
      const tried = at === 1 ? name : `${name}_${at}`;
      return fields.some((field) => field.name === tried) ? free(name, at + 1) : tried;
    };
    this.change({ fields: [...fields, { name: free(kind), kind, label: '', required: kind !== 'time' }] });
  }
}
