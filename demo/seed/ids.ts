import { createHash } from 'node:crypto';
import { v7 } from 'uuid';

/** Ids begin at a fixed moment, so that links to the demo's conversations outlive a reset. */
const from = Date.UTC(2025, 0, 6, 8);

/**
 * UUIDs of version 7, the same ones at every run: each sorts after the one before.
 * @param space keeps the ids of one series apart from those of another
 */
export function idsOf(space: string): () => string {
  let made = 0;
  return () => {
    made += 1;
    return v7({ msecs: from + made, seq: 0, random: createHash('sha256').update(`${space}:${made}`).digest().subarray(0, 16) });
  };
}
