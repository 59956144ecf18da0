/** What keeps conversations from appearing and agents from answering: from what stands to what is found. */
import type { Check } from '../contract/checks.ts';
import type { Channel } from '../contract/common.ts';
import { besideWhy } from './fault.ts';

export interface CheckedAccount {
  id: string;
  name: string;
  channel: Channel;
  active: boolean;
  agentId: string | null;
  lastReceivedAt: Date | null;
  lastError: string | null;
  lastErrorAt: Date | null;
  lastErrorFrom: 'receiving' | 'sending' | 'test' | null;
  /** Settings and credentials that it lacks to receive or to send. */
  missing: readonly string[];
}

export interface CheckedAgent {
  id: string;
  name: string;
  active: boolean;
  replyMode: string;
  /** It has used the tokens that it may use today. */
  limitReached: boolean;
}

/** Things that wait: how many, and since when the oldest does. */
export interface Waiting {
  count: number;
  since: Date | null;
}

export interface CheckFacts {
  /** Processes that do the work and have beaten lately. */
  workers: number;
  /** Where providers are told to reach this server. */
  publicUrl: string;
  accounts: readonly CheckedAccount[];
  agents: readonly CheckedAgent[];
  model: { builtin: boolean; name: string; outage: { since: Date; reason: string } | null };
  articles: number;
  runsLate: Waiting;
  messagesLate: Waiting;
  messagesInDoubt: Waiting;
  draftsWaiting: Waiting;
  peopleWaiting: Waiting;
  contactsPaused: Waiting;
}

type Finding = Partial<Omit<Check, 'name' | 'about' | 'state'>>;

/** Channels whose messages a provider brings from outside; the others come from visitors, or are logged by hand. */
const fromOutside: ReadonlySet<Channel> = new Set(['email', 'sms', 'whatsapp', 'instagram', 'voice', 'custom']);

/** Channels that nothing is ever answered on. */
const unanswered: ReadonlySet<Channel> = new Set(['voice', 'linkedin']);

/** Everything that is found, in the order in which a message goes: what arrives first, then what answers. */
export function checks(facts: CheckFacts): Check[] {
  return [...arriving(facts), ...answering(facts)];
}

function arriving({ workers, publicUrl, accounts }: CheckFacts): Check[] {
  const found = finder('arriving');
  const ofAccounts = accounts.flatMap((account) => {
    const subject = named('account', account);
    if (!account.active) return [found('account_inactive', 'look', { subject })];
    return [
      ...(account.missing.length > 0 ? [found('account_incomplete', 'bad', { subject, detail: account.missing.join(', ') })] : []),
      ...(account.lastError !== null && account.lastErrorFrom !== 'sending' ? [failing(found, account)] : []),
      ...(account.lastReceivedAt === null && fromOutside.has(account.channel) ? [found('account_silent', 'look', { subject })] : []),
    ];
  });
  const fine = accounts.filter(({ id }) => !ofAccounts.some(({ subject }) => subject?.id === id)).length;
  const outside = accounts.some(({ channel, active }) => active && fromOutside.has(channel));
  return [
    found('workers', workers > 0 ? 'good' : 'bad', { count: workers }),
    found('public_address', outside && isLocal(publicUrl) ? 'look' : 'good', { detail: publicUrl }),
    found('accounts', accounts.length === 0 ? 'bad' : 'good', { count: fine }),
    ...ofAccounts,
  ];
}

function answering({ accounts, agents, model, articles, ...facts }: CheckFacts): Check[] {
  const found = finder('answering');
  const active = agents.filter((agent) => agent.active);
  const waits = ([name, state, { count, since }]: readonly [Check['name'], Check['state'], Waiting]): Check[] =>
    count > 0 ? [found(name, state, { count, since: since?.toISOString() ?? null })] : [];
  return [
    model.outage
      ? found('model_down', 'bad', { since: model.outage.since.toISOString(), detail: model.outage.reason, ...besideWhy(model.outage.reason) })
      : found('model', 'good', { detail: model.builtin ? null : model.name }),
    found('agents', active.length > 0 ? 'good' : 'bad', { count: active.length }),
    ...(model.builtin && articles === 0 ? [found('no_articles', 'bad')] : []),
    ...accounts
      .filter((account) => account.active)
      .flatMap((account) => {
        const subject = named('account', account);
        const agent = agents.find(({ id }) => id === account.agentId);
        return [
          ...(agent
            ? agent.active
              ? []
              : [found('intake_inactive', 'bad', { subject, detail: agent.name })]
            : unanswered.has(account.channel)
              ? []
              : [found('no_intake', 'look', { subject })]),
          ...(account.lastError !== null && account.lastErrorFrom === 'sending' ? [failing(found, account)] : []),
        ];
      }),
    ...active.flatMap((agent) => [
      ...(agent.replyMode === 'off' ? [found('mode_off', 'look', { subject: named('agent', agent) })] : []),
      ...(agent.limitReached ? [found('token_limit', 'bad', { subject: named('agent', agent) })] : []),
    ]),
    ...(
      [
        ['runs_late', 'bad', facts.runsLate],
        ['messages_late', 'bad', facts.messagesLate],
        ['messages_in_doubt', 'look', facts.messagesInDoubt],
        ['drafts_waiting', 'look', facts.draftsWaiting],
        ['people_waiting', 'look', facts.peopleWaiting],
        ['contacts_paused', 'look', facts.contactsPaused],
      ] as const
    ).flatMap(waits),
  ];
}

const finder =
  (about: Check['about']) =>
  (name: Check['name'], state: Check['state'], more: Finding = {}): Check => ({
    subject: null,
    count: null,
    since: null,
    detail: null,
    ...more,
    name,
    about,
    state,
  });

const failing = (found: ReturnType<typeof finder>, account: CheckedAccount): Check =>
  found('account_failing', 'bad', {
    subject: named('account', account),
    detail: account.lastError,
    ...besideWhy(account.lastError),
    since: account.lastErrorAt?.toISOString() ?? null,
  });

const named = (kind: 'account' | 'agent', { id, name }: { id: string; name: string }): NonNullable<Check['subject']> => ({ kind, id, name });

/** Whether only this machine, or its own network, finds an address. */
function isLocal(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^(?:127|10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(hostname) || !/[.:]/.test(hostname);
}
