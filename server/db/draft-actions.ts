/** What drafts will have done once a person approves them; what became of each stands on the line of its call. */
import type { DraftAction } from '../contract/draft.ts';
import type { Skill } from '../contract/settings.ts';
import { besideWhy } from '../domain/fault.ts';
import type { Sql, Transaction } from './connect.ts';

/** A call that waits for a person. */
export type PlannedAction = Pick<DraftAction, 'key' | 'skill' | 'args' | 'risk'>;

/** A skill as the database has it. */
export type StoredSkill = Skill & { secrets: Uint8Array | null; effects: boolean };

export interface DraftActionRow extends PlannedAction {
  line: { text: string; ok: boolean | null; outcome: 'running' | 'unknown' | null } | null;
}

/** Of `draft d`: its actions, each with its line where it was called. */
export const actionColumn = (sql: Sql | Transaction) => sql`
  case when d.actions = '[]' then '[]'::jsonb else (
    select jsonb_agg(a.value || jsonb_build_object('line', (
      select jsonb_build_object('text', l.text, 'ok', (l.data ->> 'ok')::boolean, 'outcome', l.data ->> 'outcome')
      from line l where l.workspace_id = d.workspace_id and l.call_key = a.value ->> 'key')) order by a.ordinality)
    from jsonb_array_elements(d.actions) with ordinality a) end as actions`;

export const actionFromRow = ({ key, skill, args, risk, line }: DraftActionRow): DraftAction => ({
  key,
  skill,
  args,
  risk,
  state: line === null ? 'proposed' : (line.outcome ?? (line.ok === false ? 'failed' : 'done')),
  summary: line?.text || null,
  ...besideWhy(line?.text),
});

/** The actions of a draft, as they stand now; none where there is no such draft. */
export async function actionsOf(sql: Sql | Transaction, workspaceId: string, draftId: string): Promise<DraftAction[]> {
  const [row] = await sql<
    { actions: DraftActionRow[] }[]
  >`select ${actionColumn(sql)} from draft d where d.workspace_id = ${workspaceId} and d.id = ${draftId}`;
  return (row?.actions ?? []).map(actionFromRow);
}

/** The skills that a workspace has switched on, for carrying out what was planned with a draft. */
export async function activeSkills(sql: Sql | Transaction, workspaceId: string): Promise<StoredSkill[]> {
  return [...(await sql<StoredSkill[]>`select * from skill where workspace_id = ${workspaceId} and active order by name`)];
}
