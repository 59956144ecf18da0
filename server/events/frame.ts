/** Blocks of `text/event-stream`, encoded once and written to many. */
import type { Cursor, EventRow } from '../db/events.ts';
import { formatEventId } from './cursor.ts';

/** How an event row is shown to those it is for. */
export type Projection = EventRow['audience'];

/** What one reader sees of an event. */
export interface Shown {
  event: string;
  data: unknown;
}

/**
 * Reads what the rows name, as it is now, and makes of it what this audience may see. The answer is keyed by
 * {@link eventKey}; a row without an entry, or with `null`, is shown to nobody (what it names is gone).
 */
export type Render = (workspaceId: string, rows: EventRow[], projection: Projection) => Promise<Map<string, Shown | null>>;

/** Names a row within its log. */
export const eventKey = (row: Cursor): string => `${row.xid}-${row.id}`;

/** An event as it goes to its readers. */
export interface Entry {
  cursor: Cursor;
  audience: Projection;
  addresseeId: string | null;
  frame: Buffer;
}

/** A comment: tells proxies and the browser that the stream lives. */
export const heartbeat = Buffer.from(':\n\n');

/**
 * One block: `id` (durable events only), `event` and `data` as one line of JSON, in which JSON itself escapes line ends.
 * @throws TypeError for an id or a name that could break out of its line
 */
export function encodeFrame(shown: Shown, id?: string): Buffer {
  if (!/^[a-z_]+$/.test(shown.event) || (id !== undefined && !/^[\w-]+$/.test(id))) throw new TypeError('not a name for an event stream');
  return Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: ${shown.event}\ndata: ${JSON.stringify(shown.data) ?? 'null'}\n\n`);
}

/** What cannot be shown because `render` failed; the reading of the rows themselves went well. */
export class RenderFailure extends Error {
  override readonly name = 'RenderFailure';
}

/**
 * Shows rows to their audiences, each projection asked once, and encodes each event once.
 * @returns in the order of the rows, without those that show nothing
 * @throws RenderFailure
 */
export async function encodeRows(render: Render, workspaceId: string, epoch: string, rows: EventRow[]): Promise<Entry[]> {
  const projections = [...new Set(rows.map((row) => row.audience))];
  try {
    const shown = new Map(
      await Promise.all(
        projections.map(async (projection) => {
          const own = rows.filter((row) => row.audience === projection);
          return [projection, await render(workspaceId, own, projection)] as const;
        }),
      ),
    );
    return rows.flatMap((row) => {
      const view = shown.get(row.audience)?.get(eventKey(row));
      if (!view) return [];
      const cursor = { xid: row.xid, id: row.id };
      return [{ cursor, audience: row.audience, addresseeId: row.addresseeId, frame: encodeFrame(view, formatEventId(epoch, cursor)) }];
    });
  } catch (cause) {
    throw new RenderFailure('events could not be shown', { cause });
  }
}
