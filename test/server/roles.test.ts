/** What each kind of process tells the others of itself. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConvene } from '../../server/index.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test.each(['web', 'worker', 'both'])('a process that is %s is known to be alive: what it is at for a person is not given up as lost', async (ROLE) => {
  const alive = () => database.sql`select id from process where beat_at > clock_timestamp() - interval '4 seconds'`;
  const convene = await openConvene({
    DATABASE_URL: database.url,
    CONVENE_SECRET: 'a secret that is long enough for a test',
    PUBLIC_URL: 'http://localhost:1',
    ROLE,
  });
  expect(await alive()).toHaveLength(1);
  await convene.stop();
  expect(await alive()).toHaveLength(0);
});
