import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { dumpSchema } from '../support/schema.ts';

const file = new URL('../fixtures/schema.sql', import.meta.url);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('the schema is the one that was reviewed (UPDATE_SCHEMA=1 writes it anew)', async () => {
  const dumped = await dumpSchema(database.sql);
  if (process.env['UPDATE_SCHEMA'] === '1') {
    await mkdir(new URL('.', file), { recursive: true });
    await writeFile(file, dumped);
  }
  expect(dumped).toBe(await readFile(file, 'utf8'));
});
