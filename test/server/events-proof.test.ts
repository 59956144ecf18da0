import { afterAll, beforeAll, expect, test } from 'vitest';
import { proveEventLog, shortProof } from '../prove/events.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('16 slow writers, readers thrown off and connections severed: nothing missing, nothing twice, in order, and id > last loses', async () => {
  const proof = await proveEventLog(database, shortProof);
  expect(proof).toMatchObject({ missing: 0, twice: 0, disordered: 0, foreign: 0, resets: 0, reconnects: shortProof.reconnects });
  expect(proof.events).toBeGreaterThan(400);
  expect(proof.deliveries).toBeGreaterThan(proof.events);
  expect(proof.naiveMissing).toBeGreaterThan(0);
}, 120_000);
