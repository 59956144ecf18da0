/** An event as it came over the stream. A durable one has its place in the log, a passing one none. */
export interface StreamEvent {
  readonly id: string | null;
  readonly type: string;
  readonly data: unknown;
}

/** Parts of `<epoch>-<xid>-<id>`, the place of an event in the log. The epoch may hold hyphens itself. */
const place = /^(.*)-(\d+)-(\d+)$/;

/**
 * True when an event stands after `cursor` in the log. In another epoch (the log was restored from a backup) nothing can
 * be compared, and the answer is true, as it is without a cursor.
 */
export function follows(id: string, cursor: string | null): boolean {
  if (cursor === null) return true;
  const [, epoch, xid = '', at = ''] = place.exec(id) ?? [];
  const [, sinceEpoch, sinceXid = '', sinceAt = ''] = place.exec(cursor) ?? [];
  if (epoch === undefined || epoch !== sinceEpoch) return id !== cursor;
  const [one, other] = xid === sinceXid ? [at, sinceAt] : [xid, sinceXid];
  return BigInt(one) > BigInt(other);
}
