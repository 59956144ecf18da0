/** A box to try a message on the rules: where one like it would go. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../../server/contract/common.ts';
import type { TriedRouting } from '../../server/contract/routing.ts';
import { icon } from '../ui/icon.ts';
import { play } from '../ui/icons.ts';
import { languageTitle } from '../ui/languages.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { listed } from '../ui/time.ts';
import type { RuleWords } from './settings-editing.ts';
import type { SettingsHost } from './settings-sections.ts';

const CHANNELS = ['chat', 'email', 'sms', 'whatsapp', 'instagram', 'voice'] as const;

export class RoutingTrial {
  private text = '';
  private channel: Channel = 'chat';
  private busy = false;
  private failed = false;
  private answer?: TriedRouting;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: RuleWords,
  ) {}

  render(): TemplateResult {
    const { t } = this.words;
    const { tryIt } = t.routing;
    return html`<form class="group" novalidate @submit=${this.handleSubmit}><header><div><h2>${tryIt.title}</h2><p>${tryIt.lead}</p></div></header>
      <div class="one"><label class="label" for="try-text">${tryIt.text}</label><textarea class="field" data-look id="try-text" rows="2" dir="auto" .value=${this.text} @input=${(event: Event) => (this.text = (event.target as HTMLTextAreaElement).value)}></textarea></div>
      <div class="line"><select class="field" data-look aria-label=${t.routing.channels} @change=${(event: Event) => (this.channel = (event.target as HTMLSelectElement).value as Channel)}>${CHANNELS.map(
        (one) => html`<option value=${one} .selected=${one === this.channel}>${t.shared.channel[one]}</option>`,
      )}</select><button type="submit" class="btn" data-look data-act="try" ?disabled=${this.busy}>${icon(play)}${tryIt.run}</button></div>
      <div role="status">${this.failed ? html`<p class="refusal">${t.failed}</p>` : this.answer ? this.outcome(this.answer) : nothing}</div></form>`;
  }

  private outcome(tried: TriedRouting): TemplateResult {
    const { t } = this.words;
    const { tryIt, how } = t.routing;
    const fact = (label: string, value: unknown): TemplateResult => html`<dt>${label}</dt><dd>${value}</dd>`;
    const people = tried.assignee
      ? html`<bdi>${tried.assignee.name}</bdi>${tried.assign ? `, ${how[tried.assign]}` : ''}`
      : tried.assign
        ? tryIt.nobody
        : t.routing.leave;
    return html`<dl class="facts2">${fact(
      tryIt.rules,
      tried.rules.length > 0
        ? sentence(
            listed(
              this.words.tag,
              tried.rules.map(({ name }) => apart(name)),
            ),
          )
        : tryIt.none,
    )}${fact(t.routing.department, tried.department ? html`<bdi>${tried.department.name}</bdi>` : t.routing.asIs)}${fact(
      t.routing.assignee,
      people,
    )}${tried.agent ? fact(t.routing.agent, html`<bdi>${tried.agent.name}</bdi>`) : nothing}${fact(t.routing.priority, t.shared.priority[tried.priority])}${tried.handOff ? fact(t.routing.does, t.routing.handsOff) : nothing}${
      tried.tags.length > 0 ? fact(t.routing.tags, listed(this.words.tag, tried.tags)) : nothing
    }${fact(tryIt.seen, [tried.intent ?? tryIt.noIntent, tried.language ? languageTitle(this.words.tag, tried.language) : tryIt.noLanguage].join(' · '))}</dl>`;
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
    const answer = await store.core.ask(() => store.core.client.api.v1['routing-rules'].try.$post({ json: { text, channel: this.channel } }));
    this.busy = false;
    this.failed = !answer.ok;
    this.answer = answer.ok ? answer.value : undefined;
    this.host.requestUpdate();
  }
}
