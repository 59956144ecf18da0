import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { checksBeforeComposing, checksThenInserts, locksConversationOnly } from '../support/fence-naive.ts';
import { proveFence } from '../support/fence.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

describe('the fence', () => {
  it('holds in 120 interleavings: nothing sent after a takeover, nothing stuck, nothing lost, nothing twice', async () => {
    const proof = await proveFence(database, { trials: 120, parallel: 8 });
    const { leaks, stuck, lost, twice, errors } = proof;
    expect({ seed: proof.seed, leaks, stuck, lost, twice, errors }).toEqual({ seed: proof.seed, leaks: [], stuck: [], lost: [], twice: [], errors: [] });
    // Both orders have to come up, or the race was none.
    expect(proof.before).toBeGreaterThan(5);
    expect(proof.stopped).toBeGreaterThan(5);
  }, 180_000);
});

describe.each([
  ['a check before composing alone', checksBeforeComposing, undefined],
  ['a check and then an insert', checksThenInserts, undefined],
  ['a lock on the conversation alone, against a pause of its contact', locksConversationOnly, ['contact row' as const]],
])('the same harness', (name, speaker, only) => {
  it(`catches ${name}`, async () => {
    const own = await createTestDatabase();
    const proof = await proveFence(own, { trials: 60, parallel: 8, speaker, ...(only ? { only } : {}) });
    await own.close();
    expect(proof.leaks.length).toBeGreaterThan(0);
  }, 120_000);
});
