/** Exactly one: webhooks of every kind, each several times, shuffled and at once, through the front door. */
import { buildInbound } from '../../demo/inbound.ts';
import { played } from './channels.ts';
import type { Channels, Played } from './channels.ts';

interface ReplayProof {
  messages: number;
  conversations: number;
  /** Calls that were not answered 200. */
  refused: number;
  /** Places in a thread that nothing has, and conversations whose count is wrong. */
  holes: number;
  miscounted: number;
  /** Messages that stand before one that had been answered before any copy of them was sent, or whose time does. */
  disordered: number;
  milliseconds: number;
}

/** Messages that each sender writes. */
const EACH = 5;

const handleOf = (kind: Played, sender: number): string =>
  kind === 'email'
    ? `customer${sender}@customer.example`
    : kind === 'custom'
      ? `customer${sender}`
      : kind === 'instagram'
        ? String(500_000 + sender)
        : `+1555${1_000_000 + sender}`;

/** @param webhooks a multiple of thirty: five of each sender, of each kind */
export async function replayWebhooks(
  { api, accounts, post, world }: Channels,
  options: { webhooks: number; copies: number; parallel: number; onProgress?: (done: number) => void },
): Promise<ReplayProof> {
  const began = performance.now();
  const all = Array.from({ length: options.webhooks * options.copies }, (_, n) => n % options.webhooks);
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  const sent = new Float64Array(options.webhooks).fill(Infinity);
  const answered = new Float64Array(options.webhooks).fill(Infinity);
  let refused = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let n = all.pop(); n !== undefined; n = all.pop()) {
      const kind = played[n % played.length]!;
      const inbound = { from: handleOf(kind, Math.floor(n / played.length / EACH)), name: 'Marta', text: `Message ${n}`, externalId: `replay-${n}` };
      const { url, headers, body } = (await buildInbound(inbound, accounts[kind], api.deps.publicUrl, new Date()))!;
      sent[n] = Math.min(sent[n]!, performance.now());
      if ((await post(url, headers, body)) !== 200) refused += 1;
      answered[n] = Math.min(answered[n]!, performance.now());
      options.onProgress?.((done += 1));
    }
  };
  await Promise.all(Array.from({ length: options.parallel }, lane));
  const { sql } = api.db;
  const [row] = await sql<{ messages: number; conversations: number; holes: number; miscounted: number; backwards: number }[]>`
    select (select count(*)::int from message where workspace_id = ${world.workspaceId}) as messages, count(*)::int as conversations,
      count(*) filter (where last_seq <> (select count(*) from message m where m.conversation_id = c.id))::int as holes,
      count(*) filter (where inbound_count <> (select count(*) from message m where m.conversation_id = c.id) or last_inbound_seq <> last_seq)::int as miscounted,
      (select count(*)::int from (select created_at < lag(created_at) over (partition by conversation_id order by seq) as back from message where workspace_id = ${world.workspaceId}) x where back) as backwards
    from conversation c where workspace_id = ${world.workspaceId}`;
  const stood = await sql<
    { conversationId: string; externalId: string }[]
  >`select conversation_id, external_id from message where workspace_id = ${world.workspaceId} order by conversation_id, seq`;
  const { backwards, ...figures } = row!;
  return { ...figures, refused, disordered: backwards + overtaken(stood, sent, answered), milliseconds: Math.round(performance.now() - began) };
}

/** How many stand after one of their conversation that was only sent when they had been answered. */
function overtaken(stood: readonly { conversationId: string; externalId: string }[], sent: Float64Array, answered: Float64Array): number {
  const threads = new Map<string, number[]>();
  for (const { conversationId, externalId } of stood)
    threads.set(conversationId, [...(threads.get(conversationId) ?? []), Number(/replay-(\d+)/.exec(externalId)?.[1])]);
  return [...threads.values()].reduce(
    (sum, thread) => sum + thread.filter((n, at) => thread.slice(0, at).some((before) => answered[n]! < sent[before]!)).length,
    0,
  );
}
