/** A reader of events that must lose some: without it a proof that loses none would prove nothing. */
import type { Sql } from '../../server/db/connect.ts';

/** Reads as most do: what has a greater id than the last one. `stop` says how many it saw. */
export function readNaively(sql: Sql, workspaceId: string): { stop(): Promise<number> } {
  let last = 0;
  let seen = 0;
  const stopping = new AbortController();
  const look = async (): Promise<void> => {
    const rows = await sql<{ id: number }[]>`select id from event where workspace_id = ${workspaceId} and id > ${last} order by id`;
    seen += rows.length;
    last = rows.at(-1)?.id ?? last;
  };
  const looking = (async () => {
    while (!stopping.signal.aborted) await look();
    await look();
  })();
  return {
    stop: async () => {
      stopping.abort();
      await looking;
      return seen;
    },
  };
}
