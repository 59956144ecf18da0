import type { Draft } from '../../server/contract/draft.ts';
import type { Agent, ChannelAccount, GuidanceCard, Intent } from '../../server/contract/settings.ts';
import type { Operator } from '../../server/contract/operator.ts';
import type { Table } from '../store/table.ts';
import type { Mentionable } from './composer-mentions.ts';

/** Lists as a conversation looks them up. */
export interface Known {
  /** Of operators, agents and guidance cards, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly intents: ReadonlyMap<string, Intent>;
  readonly mentionable: readonly Mentionable[];
}

/** Makes look-ups from lists, anew only when a list is another one. */
export class Names {
  private operators?: readonly Operator[];
  private agents?: readonly Agent[];
  private labels?: readonly Intent[];
  private cards?: readonly GuidanceCard[];
  private known: Known = { names: new Map(), intents: new Map(), mentionable: [] };
  private accounts?: readonly ChannelAccount[];
  private addresses: ReadonlySet<string> = new Set();
  private table?: Table<Draft>;
  private id?: string;
  private found: readonly Draft[] = [];

  of(operators: readonly Operator[] = none, agents: readonly Agent[] = none, labels: readonly Intent[] = none, cards: readonly GuidanceCard[] = none): Known {
    if (operators === this.operators && agents === this.agents && labels === this.labels && cards === this.cards) return this.known;
    this.operators = operators;
    this.agents = agents;
    this.labels = labels;
    this.cards = cards;
    this.known = {
      names: new Map([...[...operators, ...agents].map(({ id, name }) => [id, name] as const), ...cards.map(({ id, title }) => [id, title] as const)]),
      intents: new Map(labels.map((intent) => [intent.name, intent])),
      mentionable: operators.filter(({ active }) => active),
    };
    return this.known;
  }

  /** Our own mail addresses, in small letters. */
  own(accounts: readonly ChannelAccount[] = none): ReadonlySet<string> {
    if (accounts === this.accounts) return this.addresses;
    this.accounts = accounts;
    this.addresses = new Set(accounts.filter(({ channel }) => channel === 'email').map(({ address }) => address.toLowerCase()));
    return this.addresses;
  }

  /** The drafts of one conversation, whatever became of them. */
  drafts(table: Table<Draft>, conversationId: string): readonly Draft[] {
    if (table === this.table && conversationId === this.id) return this.found;
    this.table = table;
    this.id = conversationId;
    const found = [...table.entries()].flatMap(([, draft]) => (draft.conversationId === conversationId ? [draft] : []));
    if (found.length !== this.found.length || found.some((draft, at) => draft !== this.found[at])) this.found = found;
    return this.found;
  }
}

const none: readonly never[] = [];
