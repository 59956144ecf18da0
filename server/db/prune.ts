import type { Db } from './change.ts';
import { pruneComposing } from './composing.ts';
import { pruneEvents } from './events.ts';
import { pruneFiles } from './files.ts';
import { pruneUses } from './article-uses.ts';
import { forgetEmptyCounts } from './pool-counts.ts';
import { policies, pruneByPolicy } from './retain.ts';
import { forgetRemovedTags } from './tags.ts';

/** At most this many rows a transaction, so that no reader of the event log waits for it. */
const BATCH = 200;

const DAY_MS = 24 * 60 * 60_000;

/** Forgets what has served its time: events, unless a workspace keeps them longer, answers to idempotent requests, files without a message and deleted tags after 24 h, counted minutes after ten; and what workspaces keep for so many days. */
export async function prune(db: Db): Promise<void> {
  const { sql } = db;
  // A reader that comes back after longer reads afresh.
  const longer = (await policies(db)).filter(({ retention }) => retention.eventsDays > 1);
  await pruneEvents(sql, new Date(Date.now() - DAY_MS), { except: longer.map(({ workspaceId }) => workspaceId) });
  for (const { workspaceId, retention } of longer) await pruneEvents(sql, new Date(Date.now() - retention.eventsDays * DAY_MS), { only: workspaceId });
  await pruneByPolicy(db);
  for (;;) {
    const rows =
      await sql`delete from idempotency where ctid = any(array(select ctid from idempotency where created_at < now() - interval '24 hours' limit ${BATCH})) returning 1`;
    if (rows.length < BATCH) break;
  }
  while ((await pruneComposing(sql, BATCH)) === BATCH);
  await pruneFiles(sql);
  await pruneUses(sql, BATCH * 10);
  await forgetRemovedTags(sql, BATCH);
  await forgetEmptyCounts(sql);
  await sql`delete from rate_window where ctid = any(array(select ctid from rate_window where window_from < now() - interval '10 minutes' limit ${BATCH * 10}))`;
}
