import type { Channel, Priority, Status } from '../../server/contract/common.ts';
import type { PoolFilter } from '../store/filter.ts';

export const views = ['open', 'mine', 'unassigned', 'handedOff', 'requiresAction', 'draftPending'] as const;
/** The views that every operator has. */
export type ViewId = (typeof views)[number];

/** What a standing view asks for. */
export const viewFilters: Record<ViewId, PoolFilter> = {
  open: {},
  mine: { assigneeId: 'me' },
  unassigned: { assigneeId: 'none' },
  handedOff: { handedOff: true },
  requiresAction: { requiresAction: true },
  draftPending: { draftPending: true },
};

/** The channels that have a tab, in their order. */
export const tabbed = ['email', 'sms', 'whatsapp', 'instagram', 'chat', 'voice'] as const satisfies readonly Channel[];

/** What an operator looks at: a view, a channel of it, and what narrows it further. */
export interface Look {
  readonly view: ViewId;
  /** Id of a saved view that this began as. */
  readonly saved?: string;
  readonly channel?: Channel;
  readonly extra: PoolFilter;
  readonly q: string;
  readonly sort: 'activity' | 'priority';
}

export const firstLook: Look = { view: 'open', extra: {}, q: '', sort: 'activity' };

/** The filter of a look, as the store asks by it. */
export function filterOf({ view, channel, extra, q, sort }: Look): PoolFilter {
  return { ...viewFilters[view], ...extra, channel, q: q.trim() || undefined, sort: sort === 'activity' ? undefined : sort };
}

/** The filter that the counts of the tabs go by: all channels, whatever is searched for. */
export function countFilterOf({ view, extra }: Look): PoolFilter {
  return { ...viewFilters[view], ...extra };
}

/** The fields of a filter that stand as tokens. */
export const tokenFields = [
  'status',
  'unread',
  'requiresAction',
  'handedOff',
  'draftPending',
  'snoozed',
  'agentId',
  'assigneeId',
  'departmentId',
  'tag',
  'priority',
  'contactId',
] as const;
export type TokenField = (typeof tokenFields)[number];

/** A look for what a host, a link or a saved view asks: fields of no meaning are left out. */
export function lookOf(asked: Readonly<Record<string, unknown>>, saved?: string): Look {
  const { sort, q, channel, view, ...rest } = asked;
  const extra: Record<string, unknown> = {};
  for (const field of tokenFields) if (rest[field] !== undefined && rest[field] !== null && rest[field] !== false) extra[field] = rest[field];
  return {
    view: views.find((one) => one === view) ?? 'open',
    saved,
    channel: typeof channel === 'string' ? (channel as Channel) : undefined,
    extra: extra as PoolFilter,
    q: typeof q === 'string' ? q : '',
    sort: sort === 'priority' ? 'priority' : 'activity',
  };
}

/** A look as it is saved or shared: what {@link lookOf} reads. */
export function savedForm({ view, channel, extra, q, sort }: Look): Record<string, unknown> {
  return { ...(view === 'open' ? {} : { view }), ...extra, ...(channel ? { channel } : {}), ...(q ? { q } : {}), ...(sort === 'activity' ? {} : { sort }) };
}

export const statuses = ['open', 'closed', 'archived', 'any'] as const satisfies readonly (Status | 'any')[];
export const priorities = ['urgent', 'high', 'normal', 'low'] as const satisfies readonly Priority[];
