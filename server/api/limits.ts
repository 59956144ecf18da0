import type { Sql, Transaction } from '../db/connect.ts';
import { useWithin } from '../db/limits.ts';
import { ProblemError } from './problem.ts';

/**
 * Lets at most `perMinute` uses of a key pass in a minute. Call it within the handler: an answer that is replayed by its
 * Idempotency-Key does not come here, and does not count.
 * @param sql the handler's
 * @param key what is counted and whose, such as `visitor-message:<identity>`
 * @throws ProblemError `rate_limited`, with `Retry-After`
 */
export async function limit(sql: Sql | Transaction, key: string, perMinute: number): Promise<void> {
  const wait = await useWithin(sql, key, perMinute);
  if (wait > 0)
    throw new ProblemError('rate_limited', `At most ${perMinute} a minute. Try again in ${wait} seconds.`, { headers: { 'Retry-After': String(wait) } });
}
