/** What hands a conversation to people, in the order in which it is asked. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Priority } from '../../server/contract/common.ts';
import type { Trigger } from '../../server/contract/settings.ts';
import type { State } from '../store/state.ts';
import { handoff } from '../ui/icons.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { listed } from '../ui/time.ts';
import { choiceField, textField, type FieldSetting } from './settings-fields.ts';
import { linesOf, picks } from './settings-picks.ts';
import { RecordsView } from './settings-records.ts';
import type { OpenSection, SettingsHost, SettingWords } from './settings-sections.ts';
import { TriggerTrial } from './settings-trigger-try.ts';

export const open: OpenSection = (host, settings) => new TriggersView(host, settings);

const KINDS = ['asks_for_person', 'keyword', 'fallback_loop', 'frustration', 'reserved_intent', 'tag', 'attribute', 'playbook', 'agent', 'failure'] as const;
const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;
const CHANNELS = ['chat', 'email', 'sms', 'whatsapp', 'instagram', 'voice', 'custom'] as const;
/** From how much frustration on, by a word. */
const STRENGTHS = { some: 0.45, much: 0.7, most: 0.9 } as const;
type Strength = keyof typeof STRENGTHS;

interface TriggerDraft {
  readonly kind: Trigger['kind'];
  readonly keywords: readonly string[];
  readonly intents: readonly string[];
  readonly tags: readonly string[];
  readonly channels: readonly string[];
  readonly attribute: string;
  readonly value: string;
  readonly limit: string;
  readonly strength: Strength;
  readonly agentId: string;
  readonly departmentId: string;
  readonly routeId: string;
  readonly priority: Priority | '';
}

/** The word that is nearest to a threshold. */
const strengthOf = (threshold: number = STRENGTHS.much): Strength =>
  (Object.entries(STRENGTHS) as [Strength, number][]).toSorted(([, one], [, other]) => Math.abs(one - threshold) - Math.abs(other - threshold))[0]![0];

class TriggersView extends RecordsView<'triggers', TriggerDraft> {
  private readonly trial: TriggerTrial;

  constructor(host: SettingsHost, settings: SettingWords) {
    super(host, settings, 'triggers', ['routes', 'departments', 'agents', 'intents', 'tags'], handoff);
    this.trial = new TriggerTrial(host, this.words, this.rules, () => this.tried);
  }

  protected get texts() {
    return this.words.t.triggers;
  }

  protected override aside(): TemplateResult {
    return this.trial.render();
  }

  protected draftOf(item?: Trigger): TriggerDraft {
    const { config, ...rest } = item ?? {
      kind: 'keyword' as const,
      config: {} as Trigger['config'],
      agentId: null,
      departmentId: null,
      routeId: null,
      priority: null,
    };
    return {
      kind: rest.kind,
      keywords: config.keywords ?? [],
      intents: config.intents ?? [],
      tags: config.tags ?? [],
      channels: config.channels ?? [],
      attribute: config.attribute ?? '',
      value: config.value ?? '',
      limit: config.limit === undefined ? '' : String(config.limit),
      strength: strengthOf(config.threshold),
      agentId: rest.agentId ?? '',
      departmentId: rest.departmentId ?? '',
      routeId: rest.routeId ?? '',
      priority: rest.priority ?? '',
    };
  }

  protected bodyOf({ kind, keywords, intents, tags, channels, attribute, value, limit, strength, ...rest }: TriggerDraft): Record<string, unknown> {
    const own = {
      asks_for_person: {},
      keyword: { keywords },
      fallback_loop: limit ? { limit: Number(limit) } : {},
      frustration: { threshold: STRENGTHS[strength] },
      reserved_intent: { intents },
      tag: { tags },
      attribute: { attribute: attribute.trim(), ...(value.trim() ? { value: value.trim() } : {}) },
      playbook: {},
      agent: {},
      failure: {},
    }[kind];
    return {
      kind,
      config: { ...own, ...(channels.length > 0 ? { channels } : {}) },
      agentId: rest.agentId || null,
      departmentId: rest.departmentId || null,
      routeId: rest.routeId || null,
      priority: rest.priority || null,
    };
  }

  protected nameOf({ kind }: Trigger): string {
    return this.words.t.triggers.kind[kind];
  }

  protected factsOf({ kind, config, agentId, departmentId, routeId, priority }: Trigger, { lists }: State): unknown {
    const { t } = this.rules;
    const named = (items: readonly { id: string; name?: string; label?: string }[] | undefined, id: string | null): string[] => {
      const found = items?.find((one) => one.id === id);
      return found ? [apart(found.label ?? found.name ?? '')] : [];
    };
    const asks = {
      keyword: config.keywords,
      reserved_intent: config.intents?.map((name) => lists.intents?.items.find((one) => one.name === name)?.label ?? name),
      tag: config.tags,
      attribute: config.attribute ? [[config.attribute, config.value].filter(Boolean).join(' = ')] : [],
      asks_for_person: [],
      fallback_loop: config.limit ? [String(config.limit)] : [],
      frustration: [],
      playbook: [],
      agent: [],
      failure: [],
    }[kind];
    const when = [
      ...(asks?.length
        ? [
            listed(
              this.words.tag,
              asks.map((one) => apart(one)),
            ),
          ]
        : []),
      ...(config.channels ?? []).map((channel) => (channel === 'custom' ? t.routing.custom : t.shared.channel[channel])),
      ...named(lists.agents?.items, agentId),
    ];
    const does = [...named(lists.departments?.items, departmentId), ...named(lists.routes?.items, routeId), ...(priority ? [t.shared.priority[priority]] : [])];
    return sentence(when.length > 0 && does.length > 0 ? t.routing.line(when.join(' · '), does.join(' · ')) : [...when, ...does].join(' · '));
  }

  protected fields(draft: TriggerDraft, setting: FieldSetting, { lists }: State): TemplateResult {
    const {
      t: { triggers },
    } = this.words;
    const { t } = this.rules;
    return html`<section class="group"><header><div><h2>${t.routing.when}</h2></div></header>
        ${choiceField(
          setting,
          'kind',
          triggers.what,
          draft.kind,
          KINDS.map((kind) => [kind, triggers.kind[kind]] as const),
          (kind) => this.change({ kind: kind as Trigger['kind'] }),
        )}<p class="hint">${triggers.says[draft.kind]}</p>
        ${this.asks(draft, setting, lists)}
        ${choiceField(setting, 'agentId', t.routing.agent, draft.agentId, [['', triggers.everyAgent], ...(lists.agents?.items ?? []).map(({ id, name }) => [id, name] as const)], (agentId) => this.change({ agentId }))}
        ${picks(
          setting,
          'config.channels',
          t.routing.channels,
          CHANNELS.map((channel) => [channel, channel === 'custom' ? t.routing.custom : t.shared.channel[channel]] as const),
          draft.channels,
          (channels) => this.change({ channels }),
          triggers.everyChannel,
        )}</section>
      <section class="group"><header><div><h2>${t.routing.does}</h2><p>${triggers.doesLead}</p></div></header>
        ${choiceField(setting, 'departmentId', t.routing.department, draft.departmentId, [['', t.routing.asIs], ...(lists.departments?.items ?? []).map(({ id, name }) => [id, name] as const)], (departmentId) => this.change({ departmentId }))}
        ${choiceField(setting, 'routeId', triggers.route, draft.routeId, [['', triggers.anyRoute], ...(lists.routes?.items ?? []).map(({ id, label }) => [id, label] as const)], (routeId) => this.change({ routeId }))}
        ${choiceField(setting, 'priority', t.routing.priority, draft.priority, [['', t.routing.asIs], ...PRIORITIES.map((one) => [one, t.shared.priority[one]] as const)], (priority) => this.change({ priority: priority as Priority }))}</section>`;
  }

  /** What a kind of trigger asks for beside itself. */
  private asks(draft: TriggerDraft, setting: FieldSetting, lists: State['lists']): unknown {
    const {
      t: { triggers },
    } = this.words;
    const { t } = this.rules;
    switch (draft.kind) {
      case 'keyword':
        return linesOf(setting, 'config.keywords', t.routing.keywords, draft.keywords, (keywords) => this.change({ keywords }), triggers.keywordsHint);
      case 'reserved_intent':
        return picks(
          setting,
          'config.intents',
          t.routing.intents,
          (lists.intents?.items ?? []).map(({ name, label }) => [name, label] as const),
          draft.intents,
          (intents) => this.change({ intents }),
        );
      case 'tag':
        return picks(
          setting,
          'config.tags',
          t.routing.tags,
          (lists.tags?.items ?? []).map(({ name }) => [name, name] as const),
          draft.tags,
          (tags) => this.change({ tags }),
        );
      case 'attribute':
        return html`${textField(setting, 'config.attribute', triggers.attribute, draft.attribute, (attribute) => this.change({ attribute }), { max: 100 })}${textField(setting, 'config.value', triggers.value, draft.value, (value) => this.change({ value }), { max: 200, hint: triggers.valueHint })}`;
      case 'fallback_loop':
        return textField(setting, 'config.limit', triggers.limit, draft.limit, (limit) => this.change({ limit: limit.replace(/\D/g, '') }), {
          max: 2,
          hint: triggers.limitHint,
        });
      case 'frustration':
        return choiceField(
          setting,
          'config.threshold',
          triggers.strength,
          draft.strength,
          (Object.keys(STRENGTHS) as Strength[]).map((one) => [one, triggers.strengths[one]] as const),
          (strength) => this.change({ strength: strength as Strength }),
        );
      case 'asks_for_person':
      case 'playbook':
      case 'agent':
      case 'failure':
        return nothing;
    }
  }
}
