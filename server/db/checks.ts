import type { CheckedAccount, CheckedAgent, CheckFacts, Waiting } from '../domain/checks.ts';
import type { Sql, Transaction } from './connect.ts';
import { aliveSince } from './processes.ts';

/** How long work may wait for a process, in seconds, before it counts as late: well over the longest burst. */
const LATE_SECONDS = 30;

/** What of the checks stands in the database. */
export type Standing = Omit<CheckFacts, 'publicUrl' | 'model' | 'accounts'> & { accounts: Omit<CheckedAccount, 'missing'>[] };

export async function standing(sql: Sql | Transaction, workspaceId: string): Promise<Standing> {
  const [accounts, agents, counts] = await Promise.all([
    sql<
      Standing['accounts']
    >`select id, name, channel, active, agent_id, last_received_at, last_error, last_error_at, last_error_from from channel_account where workspace_id = ${workspaceId} order by name, id`,
    sql<CheckedAgent[]>`
      select a.id, a.name, a.active, a.reply_mode, coalesce(a.daily_token_limit <= (
        select sum(u.input_tokens + u.output_tokens) from model_use u where u.workspace_id = a.workspace_id and u.agent_id = a.id and u.day = (now() at time zone 'utc')::date), false) as limit_reached
      from agent a where a.workspace_id = ${workspaceId} order by a.name, a.id`,
    sql<(Waiting & { name: string })[]>`
      select 'workers' as name, count(*)::int as count, null::timestamptz as since from process where role <> 'web' and beat_at > ${aliveSince(sql)}
      union all select 'articles', count(*)::int, null from article where workspace_id = ${workspaceId}
      union all select 'runsLate', count(*)::int, min(run_due_at) from conversation where workspace_id = ${workspaceId} and run_owner is null and run_due_at < now() - make_interval(secs => ${LATE_SECONDS})
      union all select 'messagesLate', count(*)::int, min(coalesce(due_at, created_at)) from message
        where workspace_id = ${workspaceId} and delivery_status in ('queued', 'sending') and delivery_status = 'queued' and coalesce(due_at, created_at) < now() - make_interval(secs => ${LATE_SECONDS})
      union all select 'messagesInDoubt', count(*)::int, min(last_activity_at) from conversation where workspace_id = ${workspaceId} and status = 'open' and requires_action
        and exists (select from message m where m.workspace_id = conversation.workspace_id and m.conversation_id = conversation.id and m.delivery_status = 'unknown')
      union all select 'draftsWaiting', count(*)::int, min(created_at) from draft where workspace_id = ${workspaceId} and status = 'pending'
      union all select 'peopleWaiting', count(*)::int, min(handoff_at) from conversation where workspace_id = ${workspaceId} and status = 'open' and handoff_at is not null
      union all select 'contactsPaused', count(*)::int, min(ai_paused_at) from contact where workspace_id = ${workspaceId} and ai_paused_at is not null`,
  ]);
  const of = (name: string): Waiting => {
    const { count, since } = counts.find((row) => row.name === name) ?? { count: 0, since: null };
    return { count, since };
  };
  return {
    accounts,
    agents,
    workers: of('workers').count,
    articles: of('articles').count,
    runsLate: of('runsLate'),
    messagesLate: of('messagesLate'),
    messagesInDoubt: of('messagesInDoubt'),
    draftsWaiting: of('draftsWaiting'),
    peopleWaiting: of('peopleWaiting'),
    contactsPaused: of('contactsPaused'),
  };
}
