/** Taking webhooks in, of every kind, beside a program that only verifies the same signatures and writes the same rows. */
import { v7 as newId } from 'uuid';
import { buildInbound } from '../../demo/inbound.ts';
import type { SignedRequest } from '../../demo/inbound.ts';
import { channelOf } from '../../server/channels/registry.ts';
import type { Sql } from '../../server/db/connect.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { played, startChannels } from '../support/channels.ts';
import type { Channels, Played } from '../support/channels.ts';
import { measure, median, rate } from './measure.ts';
import type { Measure } from './measure.ts';

const AT_ONCE = 32;
const SENDERS = 600;
const ROUNDS = 5;
const ROUND_MS = 2_000;
/** Requests that are ready for each side. */
const READY = 12_000;

interface Target {
  conversationId: string;
  identityId: string;
  contactId: string;
  accountId: string;
  channel: string;
}
interface Ready extends SignedRequest {
  kind: Played;
  handle: string;
  externalId: string;
  text: string;
}

const handleOf = (kind: Played, sender: number): string =>
  kind === 'email'
    ? `bench${sender}@customer.example`
    : kind === 'custom'
      ? `bench${sender}`
      : kind === 'instagram'
        ? String(700_000 + sender)
        : `+1555${2_000_000 + sender}`;

/** A call with a body, as a server has it before anybody looked at it. */
const asRequest = ({ url, headers, body }: SignedRequest): Request => new Request(url, { method: 'POST', headers, body: body as BodyInit });

export async function benchInbound(database: TestDatabase): Promise<Measure[]> {
  const ours = await startChannels(database);
  const bare = await startChannels(database);
  for (const { api, world } of [ours, bare]) await api.db.sql`update agent set reply_mode = 'off', active = false where workspace_id = ${world.workspaceId}`;
  const ready = { ours: await prepare(ours, 'ours'), bare: await prepare(bare, 'bare') };
  const known = await beforehand(ours, bare);
  const sql = database.openPool({ max: 20 });
  await sql`analyze`;

  const next = { ours: 0, bare: 0 };
  const take = { ours: () => product(ours, ready.ours[(next.ours += 1)]!), bare: () => floor(sql, bare, known, ready.bare[(next.bare += 1)]!) };
  const seen = { ours: [] as number[], bare: [] as number[] };
  for (const which of ['ours', 'bare'] as const) await rate(AT_ONCE, 500, take[which]);
  for (let round = 0; round < ROUNDS * 2; round += 1) {
    const which = [0, 3].includes(round % 4) ? 'ours' : 'bare';
    await sql`truncate graphile_worker._private_jobs`;
    seen[which].push(await rate(AT_ONCE, ROUND_MS, take[which]));
  }
  for (const [which, { world }] of [
    ['ours', ours],
    ['bare', bare],
  ] as const) {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from message where workspace_id = ${world.workspaceId}`;
    if (row?.count !== next[which] + SENDERS) throw new Error(`${which} has ${row?.count} messages of ${next[which] + SENDERS}`);
  }
  await ours.stop();
  await bare.stop();
  return [measure(`taking webhooks of every kind, ${AT_ONCE} at once`, median(seen.ours), median(seen.bare), '/s')];
}

/** Signed requests, so that making them is not measured. */
function prepare({ accounts, api }: Channels, side: string): Promise<Ready[]> {
  return Promise.all(
    Array.from({ length: READY }, async (_, n): Promise<Ready> => {
      const kind = played[n % played.length]!;
      const said = { from: handleOf(kind, n % SENDERS), name: 'Marta', text: `When do you open? ${n}`, externalId: `${side}-${n}` };
      return {
        ...(await buildInbound(said, accounts[kind], api.deps.publicUrl, new Date()))!,
        kind,
        handle: said.from,
        externalId: said.externalId,
        text: said.text,
      };
    }),
  );
}

/** Every sender has a conversation on both sides; the bare program knows all of them by heart. */
async function beforehand(ours: Channels, bare: Channels): Promise<Map<string, Target>> {
  for (const channels of [ours, bare]) {
    for (let from = 0; from < SENDERS; from += 50) {
      await Promise.all(
        Array.from({ length: 50 }, async (_, n) => {
          const kind = played[(from + n) % played.length]!;
          await channels.tell(kind, { from: handleOf(kind, from + n), text: 'Hello' });
        }),
      );
    }
  }
  const rows = await bare.api.db.sql<(Target & { handle: string })[]>`
    select c.id as conversation_id, c.identity_id, c.contact_id, c.account_id, c.channel, i.handle from conversation c join identity i on i.workspace_id = c.workspace_id and i.id = c.identity_id
    where c.workspace_id = ${bare.world.workspaceId}`;
  return new Map(rows.map(({ handle, ...target }) => [`${target.channel} ${handle}`, target]));
}

async function product({ api }: Channels, ready: Ready): Promise<void> {
  const { status } = await api.app.fetch(asRequest(ready));
  if (status !== 200) throw new Error(`${ready.kind} was answered ${status}`);
}

/** Reads the body, verifies it, and writes message, conversation, events and wake-up in one statement. */
async function floor(sql: Sql, { accounts, world: { workspaceId } }: Channels, known: Map<string, Target>, ready: Ready): Promise<void> {
  const request = asRequest(ready);
  const body = new Uint8Array(await request.arrayBuffer());
  if (!channelOf(ready.kind).verify({ url: ready.url, headers: request.headers, body }, accounts[ready.kind], new Date()).ok) throw new Error('refused');
  const { conversationId, identityId, contactId, accountId, channel } = known.get(`${ready.kind} ${ready.handle}`)!;
  const id = newId();
  const { text, externalId } = ready;
  await sql`
    with c as (update conversation set status = 'open', requires_action = true, requires_reason = 'unanswered', last_seq = last_seq + 1, inbound_count = inbound_count + 1, last_inbound_id = ${id},
        last_inbound_seq = last_seq + 1, last_inbound_at = now(), last_snippet = ${text}, last_author = json_build_object('kind', 'contact', 'id', ${contactId}::text, 'name', 'Marta'), last_message_at = now(),
        last_activity_at = now(), waiting_since = coalesce(waiting_since, now()), run_due_at = now(), version = version + 1
        where workspace_id = ${workspaceId} and id = ${conversationId} returning last_seq),
      m as (insert into message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, text, external_id)
        select ${workspaceId}, ${id}, ${conversationId}, last_seq, 'inbound', 'message', 'contact', ${contactId}, 'Marta', ${channel}, ${accountId}, ${identityId}, ${text}, ${externalId} from c),
      e as (insert into event (workspace_id, kind, audience, addressee_id, subject_id, conversation_id)
        select ${workspaceId}::uuid, v.kind, 'team', null, v.subject::uuid, ${conversationId}::uuid from c, (values ('message', ${id}::text), ('conversation', ${conversationId}::text)) as v(kind, subject))
    select graphile_worker.add_job('run', json_build_object('workspaceId', ${workspaceId}::text, 'conversationId', ${conversationId}::text), max_attempts => 3, job_key => ${`run:${conversationId}`}) from c`;
}
