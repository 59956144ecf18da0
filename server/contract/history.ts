import { z } from 'zod';
import { Id, page, PageQuery, Time } from './common.ts';
import { endpoint } from './endpoint.ts';
import { settingKinds } from './endpoints-settings.ts';
import type { SettingKind } from './endpoints-settings.ts';
import { Workspace, WorkspaceInput } from './workspace.ts';

/** What the log tells of: every kind of setting, and what is no setting but lets people or programs in, or holds secrets. */
export const AuditKind = z.enum([...(Object.keys(settingKinds) as SettingKind[]), 'workspace', 'operator', 'apiKey', 'tracker', 'contact', 'retention']);
export type AuditKind = z.infer<typeof AuditKind>;

/** One change of something: who, when, and what of it became what. Secrets are never in it. */
export const AuditEntry = z.object({
  id: Id,
  kind: AuditKind,
  subjectId: Id,
  /** As it was called then. */
  name: z.string(),
  /** `begun`: as it was before the first change that is known. `erased`, `exported`: a contact's data. `pruned`: what a day took by the workspace's policy. */
  action: z.enum(['begun', 'created', 'changed', 'deleted', 'restored', 'revoked', 'switched_on', 'switched_off', 'exported', 'erased', 'pruned']),
  /** Of the setting from then on; null of what cannot be put back. */
  version: z.number().int().nullable(),
  /** Of what was put back. */
  restoredVersion: z.number().int().nullable(),
  /** Fields that came out different; of something new or deleted, all. */
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  /** Secrets were set, replaced or removed. */
  secretsReplaced: z.boolean(),
  operator: z.object({ id: Id, name: z.string() }).nullable(),
  at: Time,
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** A state of a setting that can be put back, unless it is that of its deletion. */
export const SettingVersion = AuditEntry.extend({ version: z.number().int() });
export type SettingVersion = z.infer<typeof SettingVersion>;

const AuditQuery = PageQuery.extend({
  kind: AuditKind.optional(),
  operatorId: Id.optional(),
  /** From this moment on. */
  from: Time.optional(),
  /** Up to this moment. */
  to: Time.optional(),
});

type Kinds = typeof settingKinds;

function versionsOf(kind: SettingKind) {
  const { list, update } = settingKinds[kind];
  const path = `${list.path}/:id/versions` as const;
  return {
    list: endpoint({
      method: 'get',
      path,
      audience: 'operator',
      summary: `Versions, newest first: ${list.path}`,
      query: PageQuery,
      status: 200,
      response: page(SettingVersion),
    }),
    restore: endpoint({
      method: 'post',
      path: `${path}/:version/restore`,
      audience: update.audience,
      summary: `Put a version back, also of what was deleted: ${list.path}`,
      status: 200,
      response: update.response,
      ifMatch: 'optional',
      idempotent: true,
      errors: ['name_taken', 'stale_version', 'invalid'],
    }),
  };
}

interface ListVersions<P extends string> {
  method: 'get';
  path: `${P}/:id/versions`;
  summary: string;
  audience: 'operator';
  query: typeof PageQuery;
  status: 200;
  response: ReturnType<typeof page<typeof SettingVersion>>;
}
interface RestoreVersion<K extends SettingKind> {
  method: 'post';
  path: `${Kinds[K]['list']['path']}/:id/versions/:version/restore`;
  summary: string;
  audience: Kinds[K]['update']['audience'];
  status: 200;
  response: Kinds[K]['update']['response'];
  ifMatch: 'optional';
  idempotent: true;
  errors: readonly ['name_taken', 'stale_version', 'invalid'];
}
export type VersionCalls = { [K in SettingKind]: { list: ListVersions<Kinds[K]['list']['path']>; restore: RestoreVersion<K> } };

/** The versions of each kind of setting. */
export const settingVersions = Object.fromEntries(
  (Object.keys(settingKinds) as SettingKind[]).map((kind) => [kind, versionsOf(kind)]),
) as unknown as VersionCalls;

const named = <T extends 'list' | 'restore'>(call: T): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(settingVersions).map(([kind, calls]) => [
      `${call}${kind[0]!.toUpperCase()}${kind.slice(1)}Version${call === 'list' ? 's' : ''}`,
      calls[call],
    ]),
  );

/** What of the workspace is set. */
const WorkspaceField = WorkspaceInput.keyof();
export type WorkspaceField = z.infer<typeof WorkspaceField>;

export const historyEndpoints = {
  ...(named('list') as { [K in SettingKind as `list${Capitalize<K>}Versions`]: VersionCalls[K]['list'] }),
  ...(named('restore') as { [K in SettingKind as `restore${Capitalize<K>}Version`]: VersionCalls[K]['restore'] }),
  listWorkspaceVersions: endpoint({
    method: 'get',
    path: '/v1/workspace/versions',
    audience: 'operator',
    summary: 'Versions of the workspace, newest first; of one field, those that changed it',
    query: PageQuery.extend({ field: WorkspaceField.optional() }),
    status: 200,
    response: page(SettingVersion),
  }),
  restoreWorkspaceVersion: endpoint({
    method: 'post',
    path: '/v1/workspace/versions/:version/restore',
    audience: 'admin',
    summary: 'Put the workspace back to a version, or those fields of it that are named',
    body: z.strictObject({ fields: z.array(WorkspaceField).min(1).max(10).optional() }),
    status: 200,
    response: Workspace,
    ifMatch: 'optional',
    idempotent: true,
    errors: ['stale_version'],
  }),
  listAuditLog: endpoint({
    method: 'get',
    path: '/v1/audit-log',
    audience: 'admin',
    summary: 'Who changed what: settings, keys, operators, credentials; newest first',
    query: AuditQuery,
    status: 200,
    response: page(AuditEntry),
  }),
};
