/** Cursors of pages: opaque to the caller, checked when they come back. */
import { z } from 'zod';
import { ProblemError } from './problem.ts';

export const encodeCursor = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/**
 * The place that a cursor stands for; null where none was given.
 * @throws ProblemError `malformed` for anything that we did not make
 */
export function decodeCursor<T extends z.ZodType>(place: T, cursor: string | undefined): z.infer<T> | null {
  if (cursor === undefined) return null;
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new ProblemError('malformed', 'The cursor is not one of ours.');
  }
}

/** Of lists that are ordered by time. */
export const TimePlace = z.object({ at: z.iso.datetime({ precision: 3 }), id: z.uuid() });

/** A page of what is ordered by time: one more than `limit` was read, to know whether there is more. */
export function pageByTime<T extends { id: string }>(items: T[], limit: number, at: (item: T) => string): { items: T[]; nextCursor: string | null } {
  const page = items.slice(0, limit);
  const last = items.length > limit ? page.at(-1) : undefined;
  return { items: page, nextCursor: last ? encodeCursor({ at: at(last), id: last.id }) : null };
}
