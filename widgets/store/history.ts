import type { AuditEntry, AuditKind, SettingVersion, WorkspaceField } from '../../server/contract/history.ts';
import type { Workspace } from '../../server/contract/settings.ts';
import type { Core, Result } from './core.ts';
import { listPaths, type ListName, type Lists } from './lists.ts';
import type { Settings } from './settings.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Lists of what has versions. */
export type VersionedList = Exclude<ListName, 'operators' | 'apiKeys' | 'knowledgeGaps'>;

/** What narrows the log. Times are ISO 8601. */
export interface AuditLook {
  readonly kind?: AuditKind;
  readonly operatorId?: string;
  readonly from?: string;
  readonly to?: string;
}

/** So many at a time. */
const LIMIT = '20';

/** What is asked of the past of settings; fetched with the parts that show it. */
export class History {
  constructor(
    private readonly core: Core,
    private readonly settings: Settings,
  ) {}

  /** A page of a setting's versions, newest first. */
  versions(list: VersionedList, id: string, cursor?: string): Promise<Result<Page<SettingVersion>>> {
    const query = new URLSearchParams({ limit: LIMIT, ...(cursor ? { cursor } : {}) });
    return this.core.ask<Page<SettingVersion>>(async () => this.core.client.request(`${listPaths[list].path}/${id}/versions?${query}`));
  }

  /**
   * Makes a setting what it was at a version, a deleted one too; its list has it then.
   * @param based the version that is on screen; none where it was deleted
   */
  async putBack<N extends VersionedList>(list: N, id: string, version: number, based?: number): Promise<Result<Lists[N]>> {
    const headers = { 'idempotency-key': crypto.randomUUID(), ...(based === undefined ? {} : { 'if-match': `"${based}"` }) };
    const answer = await this.core.ask<Lists[N]>(async () =>
      this.core.client.request(`${listPaths[list].path}/${id}/versions/${version}/restore`, { method: 'POST', headers }),
    );
    if (answer.ok && this.core.get().lists[list]) await this.settings.readList(list);
    return answer;
  }

  /** A page of the versions of the workspace in which a field of it changed, newest first. */
  workspaceVersions(field: WorkspaceField, cursor?: string): Promise<Result<Page<SettingVersion>>> {
    return this.core.ask(() => this.core.client.api.v1.workspace.versions.$get({ query: { limit: LIMIT, field, ...(cursor ? { cursor } : {}) } }));
  }

  /** Makes a field of the workspace what it was at a version. @param based the version that is on screen */
  async putWorkspaceBack(field: WorkspaceField, version: number, based: number): Promise<Result<Workspace>> {
    const answer = await this.core.ask(() =>
      this.core.client.api.v1.workspace.versions[':version'].restore.$post({
        param: { version: String(version) },
        json: { fields: [field] },
        header: { 'idempotency-key': crypto.randomUUID(), 'if-match': `"${based}"` },
      }),
    );
    if (answer.ok) this.core.update((state) => (state.me ? { ...state, me: { ...state.me, workspace: answer.value } } : state));
    return answer;
  }

  /** A page of the log, newest first. */
  log(look: AuditLook, cursor?: string): Promise<Result<Page<AuditEntry>>> {
    return this.core.ask(() => this.core.client.api.v1['audit-log'].$get({ query: { limit: LIMIT, ...look, ...(cursor ? { cursor } : {}) } }));
  }
}
