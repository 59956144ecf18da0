import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reseed, seed } from '../../demo/seed/index.ts';
import { channelOf } from '../../server/channels/registry.ts';
import type { ChannelAccountConfig } from '../../server/channels/channel.ts';
import { SharedConversation } from '../../server/contract/conversation.ts';
import { Message } from '../../server/contract/message.ts';
import * as settings from '../../server/contract/settings.ts';
import { Snapshot } from '../../server/contract/ticket.ts';
import { conversationViews } from '../../server/db/conversation-view.ts';
import { searchArticles } from '../../server/db/knowledge.ts';
import { listMessages } from '../../server/db/message-view.ts';
import { unsealCredentials } from '../../server/db/secrets.ts';
import { quoteFor } from '../../server/model/builtin/answer.ts';
import { createSeeded } from '../support/seeded.ts';
import type { Seeded } from '../support/seeded.ts';
import { links } from '../support/links.ts';

let seeded: Seeded;
beforeAll(async () => {
  seeded = await createSeeded();
});
afterAll(() => seeded?.close());

/** Rows that break a rule; none is right. */
const broken = (query: string) => seeded.db.sql.unsafe(query);

describe('the demo’s data', () => {
  test('has tickets to do and one that is solved, each with what its conversation was', async () => {
    const rows = await seeded.db.sql<{ status: string; snapshot: unknown }[]>`select status, snapshot from ticket order by number`;
    expect(rows.map(({ status }) => status)).toEqual(['open', 'open', 'solved']);
    for (const { snapshot } of rows) expect(Snapshot.parse(snapshot).messages.length).toBeGreaterThan(2);
  });

  const rules: [string, string][] = [
    [
      'numbers the items of a conversation without holes',
      `
      select c.id from conversation c left join lateral (
        select count(*) as count, count(distinct seq) as distinct_count, max(seq) as last from (
          select seq from message where conversation_id = c.id union all select seq from note where conversation_id = c.id union all select seq from line where conversation_id = c.id) i) i on true
      where (i.count, i.distinct_count, i.last) is distinct from (c.last_seq::bigint, c.last_seq::bigint, c.last_seq)`,
    ],
    [
      'tells its items in the order of their times, none later than now',
      `
      select 1 from (select created_at, lag(created_at) over (partition by conversation_id order by seq) as before from (
        select conversation_id, seq, created_at from message union all select conversation_id, seq, created_at from note union all select conversation_id, seq, created_at from line) i) i
      where created_at < before or created_at > now()`,
    ],
    [
      'counts what came in',
      `
      select c.id from conversation c left join lateral (select count(*)::int as count, max(seq) as seq from message where conversation_id = c.id and direction = 'inbound') i on true
      left join message last on last.conversation_id = c.id and last.seq = i.seq
      where (c.inbound_count, c.last_inbound_seq, c.last_inbound_id, c.last_inbound_at) is distinct from (i.count, coalesce(i.seq, 0), last.id, last.created_at)`,
    ],
    [
      'shows the newest message in the pool',
      `
      select c.id from conversation c join lateral (select * from message where conversation_id = c.id order by seq desc limit 1) m on true
      where c.last_message_at <> m.created_at or c.last_author ->> 'name' <> m.author_name or left(regexp_replace(m.text, '\\s+', ' ', 'g'), 40) <> left(c.last_snippet, 40)
        or c.last_activity_at < m.created_at`,
    ],
    [
      'speaks to the handle of the last message that came in',
      `
      select c.id from conversation c join message m on m.id = c.last_inbound_id where (c.channel, c.account_id, c.identity_id) <> (m.channel, m.account_id, m.identity_id)
      union all select c.id from conversation c join identity i on i.id = c.identity_id where i.contact_id <> c.contact_id or i.channel <> c.channel`,
    ],
    [
      'names the pending draft, and only that',
      `
      select c.id from conversation c left join draft d on d.conversation_id = c.id and d.status = 'pending' where c.draft_id is distinct from d.id`,
    ],
    [
      'leaves no run and no delivery due',
      `
      select id from conversation where run_due_at is not null or run_owner is not null or deliver_owner is not null or run_stage is not null or burst_from is not null
        or answered_id is distinct from last_inbound_id
      union all select id from message where delivery_status in ('queued', 'sending')`,
    ],
    ['wakes no worker', 'select 1 from graphile_worker.jobs'],
    [
      'lets nobody wait whom somebody answered',
      `
      select c.id from conversation c where c.waiting_since is not null and exists (
        select from message m where m.conversation_id = c.id and m.direction = 'outbound' and m.author_kind <> 'system' and m.created_at > c.waiting_since)`,
    ],
    [
      'asks for a person wherever a conversation is handed off and nobody answered',
      `
      select id from conversation where handoff_at is not null and (not requires_action or waiting_since is null or controller_kind <> 'human')`,
    ],
    [
      'asks nothing of closed conversations',
      `select id from conversation where status <> 'open' and (requires_action or waiting_since is not null or draft_id is not null)`,
    ],
    [
      'keeps read marks at messages that came in',
      `
      select r.conversation_id from read_mark r join conversation c on c.id = r.conversation_id join message m on m.id = r.message_id
      where r.read_inbound_count > c.inbound_count or m.direction <> 'inbound'
        or r.read_inbound_count <> (select count(*) from message x where x.conversation_id = m.conversation_id and x.direction = 'inbound' and x.seq <= m.seq)`,
    ],
    [
      'gives every agent’s message the counters it was written under',
      `
      select id from message where (sent_by ->> 'kind' = 'agent') <> (run_fence is not null) or (direction = 'outbound') <> (delivery_status is not null)`,
    ],
    [
      'keeps who writes among the participants',
      `
      select m.id from message m where m.sent_by ->> 'kind' = 'operator' and not exists (
        select from participant p where p.conversation_id = m.conversation_id and p.operator_id = (m.sent_by ->> 'id')::uuid)`,
    ],
  ];
  test.each(rules)('%s', async (_, query) => {
    expect(await broken(query)).toEqual([]);
  });

  test('shows every state that the product knows', async () => {
    const [row] = await broken(`
      select count(*)::int as conversations, count(distinct channel)::int as channels, count(distinct status)::int as statuses, count(*) filter (where draft_id is not null)::int as drafts,
        count(*) filter (where handoff_at is not null and handoff_route_id is not null)::int as with_route, count(*) filter (where handoff_at is not null and handoff_route_id is null)::int as without_route,
        count(distinct handoff_trigger)::int as triggers, count(*) filter (where controller_kind = 'human' and handoff_at is null)::int as taken, count(*) filter (where priority = 'urgent')::int as urgent,
        count(*) filter (where reply_mode_override is not null)::int as overrides, max(last_seq) as longest, count(distinct assignee_id)::int as assignees from conversation where workspace_id = '${seeded.workspaceId}'`);
    expect(row).toMatchObject({ channels: 8, statuses: 3, assignees: 3 });
    expect(row!.conversations).toBeGreaterThanOrEqual(40);
    expect(row!.drafts).toBeGreaterThanOrEqual(5);
    expect(row!.withRoute).toBeGreaterThanOrEqual(3);
    expect(row!.withoutRoute).toBeGreaterThanOrEqual(3);
    expect(row!.triggers).toBeGreaterThanOrEqual(7);
    expect(row!.longest).toBeGreaterThan(300);
    const deliveries = await broken(`select distinct delivery_status as status from message where delivery_status is not null order by 1`);
    expect(deliveries.map((found) => found.status)).toEqual(['bounced', 'delivered', 'failed', 'read', 'unknown']);
  });

  test('reads as the contract says', async () => {
    const { sql } = seeded.db;
    const ids = await sql<{ id: string; workspaceId: string }[]>`select id, workspace_id from conversation`;
    for (const { id, workspaceId } of ids) {
      const views = await conversationViews(sql, workspaceId, [id]);
      expect(SharedConversation.safeParse(views.get(id)).error).toBeUndefined();
      const items = await listMessages(sql, workspaceId, id, { side: 'after', seq: 0, limit: 100 }, links);
      for (const item of items) expect(Message.safeParse(item).error).toBeUndefined();
    }
  });

  const inputs = {
    trigger: settings.TriggerInput,
    guidance_card: settings.GuidanceCardInput,
    playbook: settings.PlaybookInput,
    routing_rule: settings.RoutingRuleInput,
    skill: settings.SkillInput.omit({ secrets: true }),
    article: settings.ArticleInput,
    intent: settings.IntentInput,
    tag: settings.TagInput,
    route: settings.RouteInput,
    quick_reply: settings.QuickReplyInput,
    agent: settings.AgentInput,
  };
  test.each(Object.entries(inputs))('holds each %s to what may be written by the API', async (table, schema) => {
    const rows = await seeded.db.sql`select * from ${seeded.db.sql(table)}`;
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const fields = Object.fromEntries(Object.keys(schema.shape).map((key) => [key, row[key] as unknown]));
      expect(schema.safeParse(fields).error).toBeUndefined();
    }
  });

  test('gives every account what its provider would have given', async () => {
    const rows = await seeded.db.sql<
      {
        id: string;
        workspaceId: string;
        channel: ChannelAccountConfig['kind'];
        address: string;
        settings: Record<string, unknown>;
        credentials: Uint8Array | null;
      }[]
    >`
      select * from channel_account where workspace_id = ${seeded.workspaceId}`;
    expect(rows).toHaveLength(8);
    for (const { credentials, channel, ...row } of rows) {
      const account = { ...row, kind: channel, credentials: unsealCredentials(seeded.options.encryptionKeys, row.id, credentials), replyKeys: [] };
      const adapter = channelOf(channel);
      expect([...adapter.missing(account, 'receive'), ...adapter.missing(account, 'send')], channel).toEqual([]);
    }
  });

  test.each([
    ['en', 'How long does delivery take?', /two working days/],
    ['en', 'Are you open on Saturday?', /Saturday they are open from 10:00 to 16:00/],
    ['en', 'How do I return a grinder?', /30 days/],
    ['en', 'Does the Wren fit under a 40 cm shelf?', /36 cm/],
    ['en', 'How often do I have to descale the machine?', /three months/],
    ['en', 'How long is the warranty on a grinder?', /five years/],
    ['pt', 'Qual é o prazo de entrega?', /dois dias úteis/],
    ['es', '¿Abren los sábados?', /10:00 a 16:00/],
    ['en', 'When will my order arrive?', /two working days/],
    ['en', 'what is your delivery time', /two working days/],
    ['en', 'What are your opening hours on Sunday?', /Sunday and on public holidays they are closed/],
    ['en', 'Can I return a used machine and get my money back?', /30 days/],
    ['pt', 'A loja abre ao domingo?', /domingo/],
    ['es', '¿Cuánto tarda el envío?', /dos días laborables/],
    ['de', 'Wie lange dauert die Lieferung?', /zwei Werktagen/],
    ['de', 'Habt ihr samstags offen?', /10:00 bis 16:00/],
    ['ar', 'هل أنتم مفتوحون يوم السبت؟', /10:00/],
    ['ar', 'كم مدة التوصيل؟', /يومي عمل/],
  ])('answers from its articles (%s): %s', async (language, question, answer) => {
    const articles = await searchArticles(seeded.db.sql, seeded.workspaceId, question, { language, identified: false });
    expect(quoteFor(question, [...articles], language)?.text).toMatch(answer);
  });

  test('comes back as it was, under the same ids, and only where it is not there', async () => {
    const { db, options } = seeded;
    const ids = () =>
      db.sql<{ id: string }[]>`select id from conversation union all select id from message union all select id from channel_account order by id`;
    const before = await ids();
    const [{ epoch } = { epoch: '' }] = await db.sql<{ epoch: string }[]>`select epoch from event_log`;
    await seed(db, options);
    expect(await ids()).toEqual(before);
    await db.sql`delete from message where id = ${before[0]!.id}`;
    await db.sql`update conversation set status = 'archived'`;
    await reseed(db, { ...options, now: new Date() });
    expect(await ids()).toEqual(before);
    expect(await db.sql`select 1 from event_log where epoch = ${epoch}`).toHaveLength(0);
  });
});
