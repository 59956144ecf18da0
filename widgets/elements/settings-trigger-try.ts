/** A box to try a message on the triggers, also on one that is being changed: which would fire, and what was seen. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../../server/contract/common.ts';
import type { Trigger } from '../../server/contract/settings.ts';
import type { TestedTrigger, TestedTriggers } from '../../server/contract/trigger.ts';
import { icon } from '../ui/icon.ts';
import { handoff, play, quiet } from '../ui/icons.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { languageName, languageTitle } from '../ui/languages.ts';
import { number } from '../ui/time.ts';
import type { RuleWords } from './settings-editing.ts';
import type { HandingWords } from './settings-records.ts';
import type { SettingsHost } from './settings-sections.ts';

const CHANNELS = ['chat', 'email', 'sms', 'whatsapp', 'instagram', 'voice'] as const;

/** The triggers as they are on screen, in their order. */
interface Tried {
  readonly items: readonly Trigger[];
  readonly changed?: { readonly id: string | undefined; readonly body: Record<string, unknown> };
}

export class TriggerTrial {
  private text = '';
  private channel: Channel = 'chat';
  private agentId?: string;
  private tag = '';
  private busy = false;
  private failed = false;
  private answer?: TestedTriggers;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: HandingWords,
    private readonly rules: RuleWords,
    private readonly tried: () => Tried,
  ) {}

  render(): TemplateResult {
    const {
      t: { test },
    } = this.words;
    const { t } = this.rules;
    const lists = this.host.store?.get().lists;
    const agents = (lists?.agents?.items ?? []).filter(({ active }) => active);
    const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;
    return html`<form class="try" novalidate @submit=${this.handleSubmit}><header><h2>${test.title}</h2><p>${test.lead}</p></header>
      <div class="one"><label class="label" for="try-text">${t.routing.tryIt.text}</label><textarea class="field" id="try-text" rows="3" dir="auto" data-look .value=${this.text} @input=${(event: Event) => (this.text = valueOf(event))}></textarea></div>
      <div class="one"><label class="label" for="try-agent">${t.routing.agent}</label><select class="field" id="try-agent" data-look @change=${(event: Event) => (this.agentId = valueOf(event))}>${agents.map(
        ({ id, name }) => html`<option value=${id} .selected=${id === this.agentId}>${name}</option>`,
      )}</select></div>
      <div class="line"><select class="field" data-look aria-label=${t.routing.channels} @change=${(event: Event) => (this.channel = valueOf(event) as Channel)}>${CHANNELS.map(
        (one) => html`<option value=${one} .selected=${one === this.channel}>${t.shared.channel[one]}</option>`,
      )}</select>
        <select class="field" data-look aria-label=${t.routing.tags} @change=${(event: Event) => (this.tag = valueOf(event))}><option value="">${test.noTag}</option>${(lists?.tags?.items ?? []).map(({ name }) => html`<option value=${name} .selected=${name === this.tag}>${name}</option>`)}</select></div>
      <div><button type="button" class="btn" data-act="try" ?disabled=${this.busy} @click=${() => void this.run()}>${icon(play)}${t.routing.tryIt.run}</button></div>
      <div role="status">${this.failed ? html`<p class="refusal">${t.failed}</p>` : this.answer ? this.outcome(this.answer) : nothing}</div></form>`;
  }

  private outcome({ fires, others, detected, customer }: TestedTriggers): TemplateResult {
    const {
      t: { test },
      tag,
    } = this.words;
    const { t } = this.rules;
    const seen = [
      detected.intent
        ? (this.host.store?.get().lists.intents?.items.find(({ name }) => name === detected.intent)?.label ?? detected.intent)
        : t.routing.tryIt.noIntent,
      ...(detected.asksForPerson ? [test.asks] : []),
      test.frustration(number(tag, Math.round(detected.frustration * 100))),
      detected.language ? languageTitle(tag, detected.language) : t.routing.tryIt.noLanguage,
      t.shared.priority[detected.priority],
    ];
    return html`<p class="verdict ${fires ? 'fires' : ''}">${icon(fires ? handoff : quiet)}<span>${fires ? html`<b>${test.fires}</b> ${this.line(fires)}` : html`<b>${test.none}</b> ${test.noneText}`}</span></p>
      ${customer ? this.reads(customer) : nothing}${others.length > 0 ? html`<p class="label">${test.others}</p><ol class="would">${others.map((one) => html`<li>${this.line(one)}</li>`)}</ol>` : nothing}
      <p class="label">${t.routing.tryIt.seen}</p><p>${seen.join(' · ')}</p>${detected.builtin ? html`<p class="hint">${test.builtin}</p>` : nothing}`;
  }

  /** What the customer would be told, and what it could choose. */
  private reads({ language, text, routes }: NonNullable<TestedTriggers['customer']>): TemplateResult {
    const {
      t: { test },
      tag,
    } = this.words;
    const lang = language ?? nothing;
    return html`<p class="label">${test.reads}${language ? html` <small>${languageName(tag, language)}</small>` : nothing}</p><blockquote class="reads" dir="auto" lang=${lang}>${text}</blockquote>${
      routes.length > 0
        ? html`<ul class="ways">${routes.map(
            ({ label, note, chosen, asks }) =>
              html`<li><b dir="auto">${label}</b>${note ? html` <span class="dim" dir="auto">${note}</span>` : nothing}${chosen ? html` <span class="dim">${test.chosen}</span>` : nothing}${asks.map(
                (one) => html`<p class="dim" dir="auto" lang=${lang}>${one}</p>`,
              )}</li>`,
          )}</ul>`
        : nothing
    }`;
  }

  private line({ trigger, found, place, department, route, priority }: TestedTrigger): unknown {
    const {
      t: { triggers, test },
      tag,
    } = this.words;
    const kind = triggers.kind[trigger as Trigger['kind']];
    const does = [department?.name, route?.name].flatMap((name) => (name ? [apart(name)] : []));
    const what = found ? `${kind}: ${apart(found)}` : kind;
    const { t } = this.rules;
    const when = place === null ? test.reserved(what) : `${number(tag, place + 1)}. ${what}`;
    const then = [...does, ...(priority ? [t.shared.priority[priority]] : [])].join(' · ');
    return sentence(then ? t.routing.line(when, then) : when);
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    void this.run();
  };

  private async run(): Promise<void> {
    const { store } = this.host;
    const text = this.text.trim();
    if (!store || this.busy || text === '') return;
    this.busy = true;
    this.host.requestUpdate();
    const { items, changed } = this.tried();
    const agentId = this.agentId ?? store.get().lists.agents?.items.find(({ active }) => active)?.id;
    const answer = await store.core.ask(() =>
      store.core.client.api.v1.triggers.test.$post({
        json: {
          text,
          channel: this.channel,
          ...(agentId ? { agentId } : {}),
          ...(this.tag ? { tags: [this.tag] } : {}),
          ...(changed ? { triggers: asTried(items, changed) } : {}),
        },
      }),
    );
    this.busy = false;
    this.failed = !answer.ok;
    this.answer = answer.ok ? answer.value : undefined;
    this.host.requestUpdate();
  }
}

/** All triggers as the API takes them, the one that is being changed as it is on screen; a new one stands last. */
function asTried(items: readonly Trigger[], { id, body }: NonNullable<Tried['changed']>): Trigger[] {
  const sent = ({ version: _version, createdAt: _createdAt, ...item }: Trigger): Trigger => ({ ...item, ...(item.id === id ? body : {}) }) as Trigger;
  return [...items.map(sent), ...(id ? [] : [body as unknown as Trigger])];
}
