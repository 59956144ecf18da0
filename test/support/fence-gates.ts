/**
 * What a test database keeps beside the product's tables: the transaction that queued and the one that claimed each of the
 * agents' messages, and gates that hold a transaction at its narrowest point until the test opens them.
 */
import type { Sql, Transaction } from '../../server/db/connect.ts';

export type GatePoint = 'queue' | 'claim';

/** Advisory locks of the gates are (this, number of the trial). */
const GATES = 4_711;

export async function installGates(sql: Sql): Promise<void> {
  await sql.unsafe(`
    create table fence_gate (conversation_id uuid not null, point text not null, number int not null, primary key (conversation_id, point));
    create table fence_audit (message_id uuid not null, conversation_id uuid not null, what text not null, xid xid8 not null default pg_current_xact_id());
    create index fence_audit_conversation on fence_audit (conversation_id);
    create function fence_watch() returns trigger language plpgsql as $$
    declare at int;
    begin
      select number into at from fence_gate where conversation_id = new.conversation_id and point = tg_argv[0];
      if at is not null then perform pg_advisory_xact_lock_shared(${GATES}, at); end if;
      insert into fence_audit (message_id, conversation_id, what) values (new.id, new.conversation_id, tg_argv[0]);
      return new;
    end $$;
    create trigger fence_queue before insert on message for each row when (new.sent_by ->> 'kind' = 'agent') execute function fence_watch('queue');
    create trigger fence_claim before update on message for each row
      when (old.delivery_status = 'queued' and new.delivery_status in ('sending', 'sent') and new.sent_by ->> 'kind' = 'agent') execute function fence_watch('claim');`);
}

interface Gate {
  /** True once somebody waits at it; false where `over` came first. */
  reached(over: Promise<unknown>): Promise<boolean>;
  open(): Promise<void>;
}

/** Shuts a point of one conversation. */
export async function shutGate(sql: Sql, conversationId: string, point: GatePoint, number: number): Promise<Gate> {
  const keeper = await sql.reserve();
  await keeper`select pg_advisory_lock(${GATES}::int, ${number}::int)`;
  await sql`insert into fence_gate ${sql({ conversationId, point, number })} on conflict (conversation_id, point) do update set number = excluded.number`;
  return {
    reached: (over) =>
      whenOr(over, async () => {
        const rows = await sql`select 1 from pg_locks where locktype = 'advisory' and classid = ${GATES} and objid = ${number} and not granted`;
        return rows.length > 0;
      }),
    async open() {
      await sql`delete from fence_gate where conversation_id = ${conversationId} and point = ${point}`;
      await keeper`select pg_advisory_unlock(${GATES}::int, ${number}::int)`;
      keeper.release();
    },
  };
}

/** Resolves with true when a backend waits for a lock, with false when `over` settles first. */
export function blocked(sql: Sql, pid: () => number | null, over: Promise<unknown>): Promise<boolean> {
  return whenOr(over, async () => {
    const id = pid();
    return id !== null && (await sql`select 1 from pg_locks where pid = ${id} and not granted`).length > 0;
  });
}

/** Resolves when somebody waits for what a backend has locked, or when `over` settles. */
export function blocking(sql: Sql, pid: number, over: Promise<unknown>): Promise<boolean> {
  return whenOr(
    over,
    async () => (await sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and ${pid}::int = any(pg_blocking_pids(pid))`).length > 0,
  );
}

/** Asks again and again, until it holds or `over` has settled. */
async function whenOr(over: Promise<unknown>, holds: () => Promise<boolean>): Promise<boolean> {
  const settled = over.then(
    () => true,
    () => true,
  );
  for (;;) {
    if (await holds()) return true;
    if (await Promise.race([settled, new Promise<false>((resolve) => setTimeout(resolve, 1, false))])) return false;
  }
}

export const transactionId = async (sql: Transaction): Promise<{ xid: string; pid: number }> => {
  const [row] = await sql<{ xid: string; pid: number }[]>`select pg_current_xact_id() as xid, pg_backend_pid() as pid`;
  return row!;
};
