/** Places in the event log, as they are compared and as they travel in `Last-Event-ID`. */
import type { Cursor } from '../db/events.ts';

/** Negative, zero or positive as `a` lies before, at or after `b`. */
export function compareCursors(a: Cursor, b: Cursor): number {
  // Decimal digits without leading zeros: the longer is the larger.
  if (a.xid !== b.xid) return a.xid.length - b.xid.length || (a.xid < b.xid ? -1 : 1);
  return a.id - b.id;
}

/** The later of two. */
export const laterOf = (a: Cursor, b: Cursor): Cursor => (compareCursors(a, b) >= 0 ? a : b);

/** `<epoch>-<xid>-<id>`. */
export const formatEventId = (epoch: string, cursor: Cursor): string => `${epoch}-${cursor.xid}-${cursor.id}`;

/** What {@link formatEventId} wrote; `undefined` for anything else. */
export function parseEventId(text: string): { epoch: string; cursor: Cursor } | undefined {
  const match = /^([0-9a-f]{32})-(0|[1-9]\d{0,19})-(0|[1-9]\d{0,15})$/.exec(text);
  if (!match) return undefined;
  const [, epoch = '', xid = '', digits = ''] = match;
  const id = Number(digits);
  if (!Number.isSafeInteger(id) || BigInt(xid) >= 2n ** 64n) return undefined;
  return { epoch, cursor: { xid, id } };
}
