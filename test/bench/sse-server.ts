/** A program of its own: the hub's streams and, beside them, a bare `http` loop that writes the same bytes. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { change } from '../../server/db/change.ts';
import { openPool } from '../../server/db/connect.ts';
import { openSignals } from '../../server/db/signals.ts';
import { eventKey } from '../../server/events/frame.ts';
import { createHub } from '../../server/events/hub.ts';

/** What this program is told. */
export type ServerCommand =
  /** Sends one event to every reader of one kind. */
  | { tell: 'emit'; by: 'hub' | 'bare'; n: number }
  /** Sends many at once. */
  | { tell: 'burst'; by: 'hub' | 'bare'; from: number; to: number }
  | { tell: 'memory' };
/** What it answers. Times are nanoseconds of the machine's monotonic clock, which all processes share. */
export type ServerAnswer = { port: number } | { began: string } | { resident: number; heap: number; readers: number };

const workspaceId = '0198c0de-0000-7000-8000-00000000be01';
const operatorId = '0198c0de-0000-7000-8000-00000000be02';
/** About what a conversation weighs. */
const filler = 'x'.repeat(900);

const frameOf = (n: number): string => `event: conversation\ndata: ${JSON.stringify({ filler, n })}\n\n`;

async function serve(url: string, tell: (answer: ServerAnswer) => void): Promise<void> {
  const sql = openPool(url, { max: 4 });
  const signals = await openSignals(sql);
  const hub = createHub({
    db: { sql, signals },
    render: (_workspaceId, rows) =>
      Promise.resolve(new Map(rows.map((row) => [eventKey(row), { event: 'conversation', data: { filler, n: row.data?.['n'] } }]))),
  });
  const bare = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (request.url === '/hub') {
      void hub.open(response, { workspaceId, audience: 'operator', addresseeId: operatorId, headers: {}, authorise: () => Promise.resolve(true) }, undefined);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    bare.add(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4_096, resolve));

  const now = (): ServerAnswer => ({ began: String(process.hrtime.bigint()) });
  /** The bare loop's ids are as long as the hub's. */
  const id = `id: ${'0'.repeat(32)}-1234-12345\n`;
  process.on('message', async (command: ServerCommand) => {
    if (command.tell === 'memory') {
      globalThis.gc?.();
      const { rss, heapUsed, external } = process.memoryUsage();
      tell({ resident: rss, heap: heapUsed + external, readers: hub.stats().readers + bare.size });
    } else if (command.by === 'bare') {
      const began = now();
      const [from, to] = command.tell === 'emit' ? [command.n, command.n] : [command.from, command.to];
      for (let n = from; n <= to; n += 1) {
        const frame = Buffer.from(id + frameOf(n));
        for (const response of bare) response.write(frame);
      }
      tell(began);
    } else if (command.tell === 'emit') {
      await change({ sql, signals: { ...signals, publish: () => {} } }, workspaceId, async (unit) => {
        unit.emit({ kind: 'conversation', audience: 'team', data: { n: command.n } });
      });
      // From the commit on, as a process learns of it: the log is read, the event shown, encoded and written.
      const began = now();
      signals.publish({ kind: 'events', workspaceId });
      tell(began);
    } else {
      await sql`insert into event (workspace_id, kind, audience, data)
        select ${workspaceId}, 'conversation', 'team', jsonb_build_object('n', n) from generate_series(${command.from}::int, ${command.to}::int) n`;
      const began = now();
      signals.publish({ kind: 'events', workspaceId });
      tell(began);
    }
  });
  tell({ port: (server.address() as AddressInfo).port });
}

if (process.send && process.env['BENCH_DATABASE_URL']) {
  await serve(process.env['BENCH_DATABASE_URL'], (answer) => process.send?.(answer));
  process.once('disconnect', () => process.exit());
}
