import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Merged } from '../../server/contract/merge.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { naiveMerge, naiveUndo } from '../support/merge-naive.ts';
import { mergeFaults, undoFaults, wholeOf } from '../support/merge-verdict.ts';
import type { Whole } from '../support/merge-verdict.ts';
import { live, mergeBench, randomPair } from '../support/merge-worlds.ts';
import type { MergeBench, RandomPair } from '../support/merge-worlds.ts';

let database: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

interface Way {
  merge(bench: MergeBench, pair: RandomPair): Promise<string>;
  undo(bench: MergeBench, pair: RandomPair, mergeId: string): Promise<void>;
}

const ours: Way = {
  async merge({ tokens }, { fromId, intoId, sameContact }) {
    const { status, body } = await api.call<Merged>('POST', `/v1/conversations/${fromId}/merge`, {
      token: tokens.ana,
      body: { intoId, mergeContacts: !sameContact },
    });
    expect(status, JSON.stringify(body)).toBe(200);
    return body.mergeId;
  },
  async undo({ tokens }, _pair, mergeId) {
    const { status, text } = await api.call('POST', `/v1/merges/${mergeId}/undo`, { token: tokens.ben });
    expect(status, text).toBe(200);
  },
};

/** Merges random pairs, lets life go on, and parts them. @returns what was wrong, by the pair */
async function tryPairs(way: Way, seed: number, pairs: number): Promise<string[]> {
  const bench = await mergeBench(api, seed);
  const {
    world: { workspaceId },
  } = bench;
  const { sql } = api.db;
  const faults: string[] = [];
  for (let n = 0; n < pairs; n += 1) {
    const pair = await randomPair(bench);
    const before = { from: await wholeOf(sql, workspaceId, pair.fromId), into: await wholeOf(sql, workspaceId, pair.intoId) };
    const mergeId = await way.merge(bench, pair);
    const merged = await wholeOf(sql, workspaceId, pair.intoId);
    faults.push(...mergeFaults(before, merged).map((fault) => `${seed}/${n} merged: ${fault}`));
    await live(bench, pair);
    const lived = await wholeOf(sql, workspaceId, pair.intoId);
    const known = new Set([...merged.items.map(({ id }) => id)]);
    const since = lived.items.filter(({ id }) => !known.has(id));
    await way.undo(bench, pair, mergeId);
    for (const side of ['from', 'into'] as const) {
      const own = since.filter((item) => sideOf(item.handle, pair, before) === side);
      const now: Whole = await wholeOf(sql, workspaceId, side === 'from' ? pair.fromId : pair.intoId);
      faults.push(...undoFaults(before[side], now, own).map((fault) => `${seed}/${n} ${side} parted: ${fault}`));
    }
  }
  return faults;
}

/** Of one handle in both, its messages belong where it was last, and not in an archived one; what has no handle stays with the target. */
function sideOf(handle: string | null, pair: RandomPair, before: { from: Whole; into: Whole }): 'from' | 'into' {
  if (handle === null) return 'into';
  if (pair.handles.from !== pair.handles.into) return handle === pair.handles.from ? 'from' : 'into';
  const archived = (whole: Whole): boolean => whole.row['status'] === 'archived';
  if (archived(before.from) !== archived(before.into)) return archived(before.from) ? 'into' : 'from';
  const last = (whole: Whole): number => Math.max(...whole.items.filter((item) => item.handle === handle).map(({ createdAt }) => createdAt.getTime()));
  return last(before.from) > last(before.into) ? 'from' : 'into';
}

describe('random pairs of conversations', () => {
  for (const seed of [1, 2, 3, 4]) {
    it(`are one and then two again, with whatever came meanwhile (${seed})`, async () => {
      expect(await tryPairs(ours, seed, 12)).toEqual([]);
    }, 60_000);
  }

  it('are not by a merge that only moves the rows', async () => {
    const naive: Way = { merge: (bench, pair) => naiveMerge(bench, pair), undo: (bench, pair, mergeId) => naiveUndo(bench, pair, mergeId) };
    const faults = await tryPairs(naive, 5, 8);
    for (const what of ['order', 'unread', 'items', 'last seq'])
      expect(
        faults.some((fault) => fault.includes(`: ${what}:`) || fault.includes(` ${what}:`)),
        what,
      ).toBe(true);
  }, 60_000);
});
