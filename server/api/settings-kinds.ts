/** What is particular to each kind of setting; what they share is in `settings.ts`. */
import type { SettingKind } from '../contract/endpoints-settings.ts';
import type { PlaybookExit } from '../contract/playbook.ts';
import type { Trigger } from '../contract/settings.ts';
import { unknownPayloads } from '../db/accounts.ts';
import { recentUses } from '../db/article-uses.ts';
import type { Change } from '../db/change.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { departmentMembers, setDepartmentMembers } from '../db/settings.ts';
import type { Reference, SettingRow, SettingTable } from '../db/settings.ts';
import { silenceAccount, silenceAgent } from '../db/silence.ts';
import { carryAgain, renameTag, setTagAside } from '../db/tags.ts';
import { flawOf } from '../domain/playbook.ts';
import type { Plan } from '../domain/playbook.ts';
import { lacking } from '../domain/triggers.ts';
import { skillColumns, skillView } from './skill-columns.ts';
import type { OperatorCaller } from './caller.ts';
import { accountColumns, accountView } from './channel-accounts.ts';
import type { ApiDeps } from './deps.ts';
import { invalid, ProblemError } from './problem.ts';

export type Input = Record<string, unknown>;

interface WriteContext {
  deps: ApiDeps;
  caller: OperatorCaller;
  /** The setting's id, also of one that is about to be made. */
  id: string;
  /** As it was; null where it is made. */
  before: SettingRow | null;
}

export interface Kind extends Omit<SettingTable, 'kind'> {
  /** Ids in a request that must be of this workspace. */
  references?(input: Input): Reference[];
  /** Fields of a request that hold secrets: of them it is kept that they were given, and nothing else. */
  secrets?: readonly string[];
  /** Kinds of settings that change with it where it is changed, or, with no input, deleted. */
  goesOnTo?(before: SettingRow, input: Input | null): readonly SettingKind[];
  /** Checks a request beyond its schema, and says what is stored for it; the request itself when left out. */
  toColumns?(input: Input, context: WriteContext): Input;
  /** Called within the change that has written it. `before` is null where it was made. */
  written?(unit: Change, input: Input, context: WriteContext): Promise<void>;
  /** Called within the change that is about to delete it. */
  removing?(unit: Change, row: SettingRow): Promise<void>;
  /** Refuses to delete it. */
  mayRemove?(row: SettingRow, caller: OperatorCaller): void;
  /** Rows as callers see them, in the same order. */
  views?(sql: Sql | Transaction, rows: SettingRow[], deps: ApiDeps, workspaceId: string): Promise<Input[]> | Input[];
}

type Table = Reference['table'];
/** A reference in a field, one in each place of a list, or none where the field is empty. */
const at = (table: Table, path: string, value: unknown): Reference[] =>
  Array.isArray(value)
    ? value.map((id: string, place) => ({ table, path: `${path}.${place}`, id }))
    : typeof value === 'string'
      ? [{ table, path, id: value }]
      : [];
const inside = (value: unknown): Input => (value ?? {}) as Input;

const byAgent: Kind['references'] = (input) => at('agent', 'agentId', input['agentId']);
const byDepartment: Kind['references'] = (input) => at('department', 'departmentId', input['departmentId']);

const changed = (before: SettingRow, input: Input, fields: readonly string[]): boolean =>
  fields.some((field) => input[field] !== undefined && JSON.stringify(input[field]) !== JSON.stringify(before[field]));

/** Kinds that name tags. */
const NAMES_TAGS: readonly SettingKind[] = ['routingRule', 'trigger', 'guidanceCard', 'macro', 'savedView'];

const forbidShared = (): ProblemError => new ProblemError('forbidden', 'Only admins may change a view that is shared with the team.');

export const kinds: Record<SettingKind, Kind> = {
  agent: {
    goesOnTo: (_before, input) => (input ? [] : ['trigger', 'playbook']),
    table: 'agent',
    unique: 'name',
    touched: true,
    reads: ['updatedAt'],
    columns: [
      'name',
      'avatarUrl',
      'active',
      'instructions',
      'replyMode',
      'classifierOn',
      'classifierInstruction',
      'languages',
      'autoReplyIntents',
      'reservedIntents',
      'fallbackLimit',
      'burstWaitMs',
      'dailyTokenLimit',
      'riskRules',
    ],
    json: ['riskRules'],
    async written(unit, input, { before, id, caller }) {
      const speaking = ['active', 'replyMode', 'autoReplyIntents', 'reservedIntents'];
      if (before && changed(before, input, speaking)) await silenceAgent(unit, id, caller.actor);
    },
  },
  guidanceCard: {
    table: 'guidance_card',
    positioned: true,
    columns: ['surface', 'title', 'text', 'scope', 'active', 'position'],
    json: ['scope'],
    references: ({ scope }) => [
      ...at('agent', 'scope.agentIds', inside(scope)['agentIds']),
      ...at('department', 'scope.departmentIds', inside(scope)['departmentIds']),
    ],
  },
  playbook: {
    table: 'playbook',
    positioned: true,
    columns: ['name', 'agentId', 'goal', 'begins', 'steps', 'slots', 'exits', 'onGoal', 'routeIds', 'active', 'position'],
    json: ['begins', 'steps', 'slots', 'exits'],
    references: (input) => [
      ...at('agent', 'agentId', input['agentId']),
      ...at('route', 'routeIds', input['routeIds']),
      ...((input['exits'] ?? []) as PlaybookExit[]).flatMap(({ routeId }, place) => at('route', `exits.${place}.routeId`, routeId)),
    ],
    toColumns(input, { before }) {
      const flaw = flawOf({ ...before, ...input } as unknown as Plan);
      if (flaw) throw invalid(flaw.path, flaw.message);
      return input;
    },
  },
  skill: {
    table: 'skill',
    unique: 'name',
    secrets: ['secrets'],
    columns: ['name', 'kind', 'description', 'parameters', 'risk', 'effects', 'config', 'secrets', 'agentIds', 'active'],
    json: ['parameters', 'config'],
    references: (input) => at('agent', 'agentIds', input['agentIds']),
    toColumns: (input, { deps, before, id }) => skillColumns(input, before, id, deps.config.encryptionKeys),
    views: (_sql, rows, deps) => rows.map((row) => skillView(row, deps.config.encryptionKeys)),
  },
  article: {
    table: 'article',
    touched: true,
    reads: ['updatedAt'],
    columns: ['title', 'text', 'language', 'audience', 'sourceUrl', 'active'],
    async views(sql, rows, _deps, workspaceId) {
      const uses = await recentUses(
        sql,
        workspaceId,
        rows.map(({ id }) => id),
      );
      return rows.map((row) => ({ ...row, recentUses: uses.get(row.id) ?? 0 }));
    },
  },
  trigger: {
    table: 'trigger',
    positioned: true,
    columns: ['kind', 'config', 'agentId', 'departmentId', 'routeId', 'priority', 'active', 'position'],
    json: ['config'],
    references: (input) => [
      ...at('agent', 'agentId', input['agentId']),
      ...at('department', 'departmentId', input['departmentId']),
      ...at('route', 'routeId', input['routeId']),
    ],
    toColumns(input, { before }) {
      const lacks = input['kind'] === undefined && input['config'] === undefined ? undefined : lacking({ ...before, ...input } as unknown as Trigger);
      if (lacks) throw invalid(`config.${lacks}`, lacks === 'attribute' ? 'must not be empty' : 'must name at least one');
      return input;
    },
  },
  route: {
    goesOnTo: (_before, input) => (input ? [] : ['trigger']),
    table: 'route',
    positioned: true,
    columns: ['label', 'kind', 'hint', 'labels', 'hints', 'departmentId', 'fields', 'outsideHours', 'active', 'position'],
    json: ['labels', 'hints', 'fields'],
    references: byDepartment,
  },
  department: {
    goesOnTo: (_before, input) => (input ? [] : ['route', 'trigger', 'channelAccount']),
    table: 'department',
    unique: 'name',
    columns: ['name', 'hours'],
    json: ['hours'],
    references: (input) => at('operator', 'operatorIds', input['operatorIds']),
    async written(unit, input, { id }) {
      if (input['operatorIds']) await setDepartmentMembers(unit, id, input['operatorIds'] as string[]);
    },
    async views(sql, rows, _deps, workspaceId) {
      const members = await departmentMembers(
        sql,
        workspaceId,
        rows.map(({ id }) => id),
      );
      return rows.map((row) => ({ ...row, operatorIds: members.get(row.id) }));
    },
  },
  routingRule: {
    table: 'routing_rule',
    positioned: true,
    columns: ['name', 'conditions', 'actions', 'active', 'position'],
    json: ['conditions', 'actions'],
    references({ actions }) {
      const { departmentId, agentId, assigneeId } = inside(actions);
      return [
        ...at('department', 'actions.departmentId', departmentId),
        ...at('agent', 'actions.agentId', agentId),
        ...at('operator', 'actions.assigneeId', assigneeId),
      ];
    },
  },
  intent: { table: 'intent', unique: 'name', positioned: true, columns: ['name', 'label', 'description', 'hot', 'examples', 'position'] },
  tag: {
    table: 'tag',
    unique: 'name',
    columns: ['name', 'color'],
    async written(unit, { name }, { before, id }) {
      if (before && typeof name === 'string' && name !== before['name']) await renameTag(unit, before['name'] as string, name);
      if (!before) await carryAgain(unit, id);
    },
    removing: setTagAside,
    goesOnTo: (before, input) => (input && input['name'] !== undefined && input['name'] !== before['name'] ? NAMES_TAGS : []),
  },
  quickReply: { table: 'quick_reply', columns: ['name', 'text'] },
  macro: {
    table: 'macro',
    columns: ['name', 'actions'],
    json: ['actions'],
    references({ actions }) {
      const { departmentId, assigneeId, transferToAi, quickReplyId } = inside(actions);
      return [
        ...at('department', 'actions.departmentId', departmentId),
        ...at('operator', 'actions.assigneeId', assigneeId === 'me' ? null : assigneeId),
        ...at('agent', 'actions.transferToAi', transferToAi),
        ...at('quick_reply', 'actions.quickReplyId', quickReplyId),
      ];
    },
  },
  savedView: {
    table: 'saved_view',
    owned: true,
    columns: ['name', 'filter', 'ownerId'],
    json: ['filter'],
    toColumns(input, { caller, before }) {
      const { shared, ...rest } = input;
      if (caller.role !== 'admin' && (shared === true || before?.['ownerId'] === null)) throw forbidShared();
      return shared === undefined ? rest : { ...rest, ownerId: shared ? null : caller.id };
    },
    mayRemove(row, caller) {
      if (row['ownerId'] === null && caller.role !== 'admin') throw forbidShared();
    },
    views: (_sql, rows) => rows.map((row) => ({ ...row, shared: row['ownerId'] === null })),
  },
  channelAccount: {
    table: 'channel_account',
    secrets: ['credentials'],
    columns: ['channel', 'name', 'address', 'settings', 'credentials', 'active', 'agentId', 'departmentId'],
    json: ['settings'],
    reads: ['lastReceivedAt', 'lastError', 'lastErrorAt', 'lastErrorFrom', 'lastErrorPayload'],
    references: (input) => [...(byAgent?.(input) ?? []), ...(byDepartment?.(input) ?? [])],
    toColumns: (input, { deps, before, id }) => accountColumns(input, before, id, deps.config.encryptionKeys),
    async written(unit, input, { before, id, caller }) {
      if (before && changed(before, input, ['active'])) await silenceAccount(unit, id, caller.actor);
    },
    async views(sql, rows, deps, workspaceId) {
      const unknown = await unknownPayloads(
        sql,
        workspaceId,
        rows.map(({ id }) => id),
      );
      return rows.map((row) => ({ ...accountView(row, deps), unknownPayloads: unknown.get(row.id) }));
    },
  },
};
