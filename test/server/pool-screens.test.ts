import { afterAll, beforeAll, expect, test } from 'vitest';
import { proveScreens, shortScreens } from '../prove/screens.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('four operators at work over two servers with streams cut: every list and count is what a fresh page shows, and one that forgets its place is not', async () => {
  const proof = await proveScreens(database, shortScreens);
  expect(proof, JSON.stringify(proof)).toMatchObject({ faults: [] });
  expect(proof.refused).toBeLessThan(proof.operations / 2);
  expect(proof.cuts).toBeGreaterThan(5);
  expect(proof.naiveFaults).toBeGreaterThan(0);
}, 180_000);
