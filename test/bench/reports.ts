/**
 * Reports over a year with a million messages in it, each beside a bare count of the same span's messages by an index: what either
 * costs a processor, in the database and here. `REPORT_MESSAGES=10000000` is the long form.
 */
import type { HandoffReport } from '../../server/contract/report.ts';
import type { Sql } from '../../server/db/connect.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestDatabase } from '../support/postgres.ts';
import type { World } from '../support/world.ts';
import { costs, measure, median, quantile } from './measure.ts';
import type { Measure } from './measure.ts';

const MESSAGES = Number(process.env['REPORT_MESSAGES'] ?? 1_000_000);
/** Messages of one opening, and handoffs of an opening. */
const EACH = 10;
const HANDED = 0.21;
const ROUNDS = 15;
const WARM = 2;
const PROMISED = 3;

/** A year of messages, of conversations that began, of handoffs and drafts, by set-based statements; then the totals, hour after hour, as folding leaves them. */
async function fill(sql: Sql, { workspaceId, chatAccount, agents, routes }: World): Promise<void> {
  const when = (n: string, of: number) => sql.unsafe(`date_trunc('milliseconds', now() - make_interval(secs => 365 * 86400.0 * (1 - ${n}::float8 / ${of})))`);
  const channel = (n: string) => sql.unsafe(`(array['chat', 'chat', 'whatsapp', 'email'])[1 + ${n} % 4]`);
  const agent = sql`case when n % 3 = 0 then ${agents.sol}::uuid else ${agents.nova}::uuid end`;
  const conversation = '0190ffff-0000-7000-8000-000000000001';
  await sql`set session_replication_role = replica`;
  await sql`insert into conversation (workspace_id, id, contact_id, account_id, identity_id, channel, controller_kind) values (${workspaceId}, ${conversation}, ${conversation}, ${chatAccount}, ${conversation}, 'chat', 'agent')`;
  await sql`create index bench_created on message (workspace_id, created_at)`;
  await sql`
    insert into message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, agent_id, text, delivery_status, created_at)
    select ${workspaceId}, ('0190' || lpad(to_hex(n), 8, '0') || '70008000000000000000')::uuid, ${conversation}, n, case n % 2 when 0 then 'outbound' else 'inbound' end, 'message',
      case when n % 2 = 1 then 'contact' when n % 5 = 0 then 'operator' else 'agent' end, null, 'Somebody', ${channel('n')}, ${chatAccount}, ${conversation}, ${agent}, 'Hello', case n % 2 when 0 then 'sent' end, ${when('n', MESSAGES)}
    from generate_series(1, ${MESSAGES}::int) n`;
  await sql`
    insert into report_opening (workspace_id, conversation_id, at, agent_id, channel, answered_at, answered_by)
    select ${workspaceId}, null, at, ${agent}, ${channel('n')}, at + make_interval(secs => 5 + power(random(), 3) * 3600), 'agent' from (select n, ${when('n', MESSAGES / EACH)} as at from generate_series(1, ${MESSAGES / EACH}::int) n) x`;
  const handoffs = Math.round((MESSAGES / EACH) * HANDED);
  await sql`
    insert into report_handoff (workspace_id, at, agent_id, channel, trigger, route_id, intent, answered_at)
    select ${workspaceId}, at, ${agent}, ${channel('n')}, (array['asks_for_person', 'playbook', 'fallback_loop', 'keyword', 'frustration', 'manual'])[1 + (n * 7 % 6)],
      case n % 3 when 0 then ${routes.call}::uuid when 1 then ${routes.sales}::uuid end, (array['question', 'complaint', 'order_status'])[1 + n % 3], at + make_interval(secs => 30 + power(random(), 2) * 3600)
    from (select n, ${when('n', handoffs)} as at from generate_series(1, ${handoffs}::int) n) x`;
  await sql`
    insert into draft (workspace_id, id, conversation_id, agent_id, status, text, final_text, settled_at)
    select ${workspaceId}, gen_random_uuid(), ${conversation}, ${agent}, (array['approved', 'approved', 'edited', 'rejected'])[1 + n % 4], 'One two three four', case n % 4 when 2 then 'One two three five' end, ${when('n', MESSAGES / 50)}
    from generate_series(1, ${MESSAGES / 50}::int) n`;
  await sql`
    insert into report_hour
    select workspace_id, measure, hour, agent_id, channel, key, sum(n), sum(amount) from (
      select r.* from report_opening o, report_of(o) r union all select r.* from report_handoff h, report_of(h) r
      union all select r.* from message m, report_of(m) r where m.direction = 'outbound' union all select r.* from draft d, report_of(d) r) x
    group by workspace_id, measure, hour, agent_id, channel, key order by hour, random()`;
  await sql`insert into report_day select workspace_id, measure, date_trunc('day', hour, 'UTC'), agent_id, channel, key, sum(n), sum(amount) from report_hour group by 1, 2, 3, 4, 5, 6 order by 3, random()`;
  await sql`set session_replication_role = origin`;
  await sql`vacuum analyze`;
}

export async function benchReports(database: TestDatabase): Promise<Measure[]> {
  const [row] = await database.sql<{ name: string }[]>`select current_database() as name`;
  // One connection, and one processor for each statement: so its time is all that a statement costs.
  await database.sql`alter database ${database.sql(row!.name)} set max_parallel_workers_per_gather = 0`;
  const api = await startApi({ ...database, openPool: (options) => database.openPool({ ...options, max: 1 }) });
  const cost = await costs(api.db.sql);
  try {
    const world = await api.world();
    const filling = database.openPool({ max: 1, statementTimeout: 0 });
    const began = performance.now();
    await fill(filling, world);
    const [rows] = await filling<{ n: number }[]>`select count(*) as n from report_hour`;
    process.stderr.write(
      `${MESSAGES.toLocaleString('en')} messages and ${rows!.n.toLocaleString('en')} totals made in ${Math.round((performance.now() - began) / 1_000)} s\n`,
    );
    const token = await operatorToken(world);
    const measures: Measure[] = [];
    for (const days of [30, 182]) {
      const path = (report: string) =>
        `/v1/reports/${report}${report.includes('?') ? '&' : '?'}from=${new Date(Date.now() - (days - 1) * 86_400_000).toISOString().slice(0, 10)}`;
      const {
        body: { from, to },
      } = await api.call<HandoffReport>('GET', path('handoffs'), { token });
      const time = async (work: () => Promise<unknown>): Promise<number[]> => {
        const times: number[] = [];
        for (let round = -WARM; round < ROUNDS; round += 1) {
          const took = await cost(work);
          if (round >= 0) times.push(took);
        }
        return times;
      };
      const floor = median(
        await time(() => api.db.sql`select count(*) from message where workspace_id = ${world.workspaceId} and created_at >= ${from} and created_at < ${to}`),
      );
      process.stderr.write(`counting the messages of ${days} days: p50 ${floor.toFixed(1)} ms\n`);
      for (const report of [
        'handoffs?by=day',
        'handoffs?by=agent',
        'handoffs?by=channel',
        'handoffs?by=trigger',
        'handoffs?by=route',
        'handoffs?by=agent_channel',
        'overview',
        'answers',
        'drafts',
        'times',
        'improve',
        'waits',
      ]) {
        const times = await time(async () => {
          const { status, text } = await api.call('GET', path(report), { token });
          if (status !== 200) throw new Error(`${report} answered ${status}: ${text}`);
        });
        process.stderr.write(`${report} over ${days} days: p50 ${median(times).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms\n`);
        measures.push(
          measure(
            `the report ${report} over ${days} days of ${MESSAGES.toLocaleString('en')} messages, p50`,
            median(times),
            floor,
            `ms of a processor (at most ${PROMISED}×)`,
          ),
        );
      }
    }
    return measures;
  } finally {
    await api.stop();
  }
}
