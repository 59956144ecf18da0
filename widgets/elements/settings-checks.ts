/** What keeps conversations from appearing and agents from answering, and where to put it right: nothing is typed here. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Check, CheckName } from '../../server/contract/checks.ts';
import { checkTexts } from '../locales/checks.ts';
import { blank, Patience } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, check, info, refresh } from '../ui/icons.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { dayAndTime, number } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import { bones } from './settings-listing.ts';
import type { OpenSection, SectionView, SettingsHost } from './settings-sections.ts';
import { fault } from './why.ts';

export const open: OpenSection = (host) => new ChecksView(host);

const glyphs = { good: check, look: info, bad: alert } as const;

/** Where it is put right, beside what it is about. */
const places: Partial<Record<CheckName, string>> = { accounts: 'channels', model: 'models', model_down: 'models', agents: 'agents', no_articles: 'articles' };

class ChecksView implements SectionView {
  readonly unsaved = false;
  private readonly words;
  private readonly patience: Patience;
  private found?: { readonly at: string; readonly items: readonly Check[] } | 'failed';
  private loading = false;

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, checkTexts);
    this.patience = new Patience(host);
  }

  start(): void {
    void this.read();
  }

  stop(): void {}

  render(): TemplateResult {
    const { t } = this.words;
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${t.title}</h1><p>${t.lead}</p></div></header><div class="form-body" aria-busy=${String(this.loading)}>${this.body()}</div></div>`;
  }

  private body(): unknown {
    const {
      found,
      words: { t, tag },
    } = this;
    const again = (label: string): TemplateResult =>
      html`<button type="button" class="btn" data-look ?disabled=${this.loading} @click=${() => void this.read()}>${icon(refresh)}${label}</button>`;
    if (found === 'failed') return blank({ glyph: alert, title: t.common.failed, acts: again(t.common.retry) }, true);
    if (!found) return this.patience.out(true) ? bones(t.common.loading) : nothing;
    this.patience.out(false);
    return html`<p class="line" role="status"><span class="dim">${t.at(dayAndTime(tag, found.at))}</span>${again(t.again)}</p>
      ${this.group(
        t.arriving,
        found.items.filter(({ about }) => about === 'arriving'),
      )}${this.group(
        t.answering,
        found.items.filter(({ about }) => about === 'answering'),
        t.one,
      )}`;
  }

  private group(title: string, items: readonly Check[], foot = ''): TemplateResult {
    const { t } = this.words;
    const fine = items.every(({ state }) => state === 'good');
    return html`<section class="group"><header><div><h2>${title}</h2>${fine ? html`<p>${t.fine}</p>` : nothing}</div></header><ul class="steps-done">${items.map((item) => this.line(item))}</ul>${foot ? html`<p class="hint">${foot}</p>` : nothing}</section>`;
  }

  private line(item: Check): TemplateResult {
    const { t } = this.words;
    const { state, name, subject, detail, why } = item;
    const said = state === 'good' || name === 'public_address' || name === 'intake_inactive' ? null : detail;
    const place = subject ? `${subject.kind === 'account' ? 'channels' : 'agents'}/${subject.id}` : places[name];
    return html`<li class=${state === 'bad' ? 'no' : state === 'look' ? 'meant' : ''} data-check=${name}>${icon(glyphs[state])}<span>${sentence(sayings[name](item, this.words))}${
      place && state !== 'good'
        ? html` <button type="button" class="linkish" data-look @click=${() => this.host.leave(() => this.host.goTo(place))}>${t.open}</button>`
        : nothing
    }</span>${state === 'good' ? nothing : html`<small>${t.help[name]}${said ? html` ${fault(said, why)}` : nothing}</small>`}</li>`;
  }

  private readonly read = async (): Promise<void> => {
    const { store } = this.host;
    if (!store) return;
    this.loading = true;
    this.host.requestUpdate();
    const answer = await store.core.ask(() => store.core.client.api.v1.checks.$get());
    this.found = answer.ok ? answer.value : 'failed';
    this.loading = false;
    this.host.requestUpdate();
  };
}

type Say = (item: Check, words: ChecksView['words']) => string;

/** A sentence that needs how many and since when. */
const counted =
  (name: 'runs_late' | 'messages_late' | 'drafts_waiting' | 'people_waiting'): Say =>
  ({ count, since }, { t, tag }) =>
    t.says[name](count ?? 0, number(tag, count ?? 0), since ? dayAndTime(tag, since) : '');
const tallied =
  (name: 'workers' | 'accounts' | 'agents' | 'messages_in_doubt' | 'contacts_paused'): Say =>
  ({ count }, { t, tag }) =>
    t.says[name](count ?? 0, number(tag, count ?? 0));
const named =
  (name: 'account_inactive' | 'account_incomplete' | 'account_silent' | 'no_intake' | 'mode_off' | 'token_limit'): Say =>
  ({ subject }, { t }) =>
    t.says[name](apart(subject?.name ?? ''));

const sayings: Record<CheckName, Say> = {
  workers: tallied('workers'),
  public_address: ({ detail }, { t }) => t.says.public_address(apart(detail ?? '')),
  accounts: tallied('accounts'),
  account_inactive: named('account_inactive'),
  account_incomplete: named('account_incomplete'),
  account_failing: ({ subject, since }, { t, tag }) => t.says.account_failing(apart(subject?.name ?? ''), since ? dayAndTime(tag, since) : ''),
  account_silent: named('account_silent'),
  model: ({ detail }, { t }) => t.says.model(detail ? apart(detail) : ''),
  model_down: ({ since }, { t, tag }) => t.says.model_down(since ? dayAndTime(tag, since) : ''),
  agents: tallied('agents'),
  no_intake: named('no_intake'),
  intake_inactive: ({ subject, detail }, { t }) => t.says.intake_inactive(apart(subject?.name ?? ''), apart(detail ?? '')),
  mode_off: named('mode_off'),
  token_limit: named('token_limit'),
  no_articles: (_, { t }) => t.says.no_articles,
  runs_late: counted('runs_late'),
  messages_late: counted('messages_late'),
  messages_in_doubt: tallied('messages_in_doubt'),
  drafts_waiting: counted('drafts_waiting'),
  people_waiting: counted('people_waiting'),
  contacts_paused: tallied('contacts_paused'),
};
