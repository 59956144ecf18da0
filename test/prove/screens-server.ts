/** One process of the server, started as a program: it says on which port it listens, and ends with whoever started it. */
import { openPool } from '../../server/db/connect.ts';
import { startApi } from '../support/api.ts';
import type { TestDatabase } from '../support/postgres.ts';

const url = process.env['SCREENS_DATABASE_URL'];
if (process.send && url) {
  const open: TestDatabase['openPool'] = (options) => openPool(url, { max: 10, ...options });
  const api = await startApi({ url, sql: open(), openPool: open, close: () => Promise.resolve() });
  process.send({ url: api.url });
  process.once('disconnect', () => process.exit());
}
