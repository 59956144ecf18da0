import type { Channel, ReplyMode } from '../../server/contract/common.ts';
import type { Row, Rows } from './rows.ts';

export interface Person {
  id: string;
  name: string;
}

export interface AgentFigure extends Person {
  active: boolean;
  replyMode: ReplyMode;
}

export interface Account {
  id: string;
  channel: Channel;
  address: string;
  agent: AgentFigure | null;
  departmentId: string | null;
}

export interface Customer extends Person {
  identities: Map<Channel, string>;
  language: string;
  /** Changed by a story that pauses AI for this contact. */
  paused: boolean;
  row: Record<string, unknown>;
}

export interface RouteFigure {
  id: string;
  label: string;
  kind: string;
  hint: string;
  departmentId: string | null;
}

export type OperatorKey = 'ana' | 'ben' | 'chloe' | 'rita';
export type AgentKey = 'nova' | 'sol' | 'vega' | 'iris' | 'rook';
export type DepartmentKey = 'care' | 'sales' | 'service' | 'desk';
export type RouteKey = 'call' | 'meeting' | 'sales';

/** Everyone and everything that the stories of a workspace speak of. */
export interface Cast {
  workspaceId: string;
  workspaceName: string;
  /** The moment that every time is counted back from. */
  now: Date;
  /** The next id; ids rise. */
  id: () => string;
  rows: Rows;
  operators: ReadonlyMap<OperatorKey, Person>;
  agents: ReadonlyMap<AgentKey, AgentFigure>;
  departments: ReadonlyMap<DepartmentKey, string>;
  /** In the order in which customers see them. */
  routes: ReadonlyMap<RouteKey, RouteFigure>;
  accounts: ReadonlyMap<Channel, Account>;
  tags: ReadonlyMap<string, string>;
  /** By the key that the seed gives it: its id and title. */
  articles: ReadonlyMap<string, { id: string; title: string; passage: string }>;
  cards: ReadonlyMap<string, { id: string; title: string }>;
  /** With what a conversation in them follows. */
  playbooks: ReadonlyMap<string, { id: string; plan: Row }>;
}

/** What stands under a key; a key that the seed does not have is a mistake in the seed. */
export function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`the seed knows no ${String(key)}`);
  return value;
}

/** Milliseconds of a time such as `3d`, `2h`, `1h05m` or `40s`. */
export function span(text: string): number {
  const unit = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;
  let sum = 0;
  for (const [, count, name] of text.matchAll(/(\d+)([dhms])/g)) sum += Number(count) * unit[name as keyof typeof unit];
  return sum;
}
