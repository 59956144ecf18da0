/** `npm start -- --restored`: once after an older state of the database was put back, before anything else is started. */
import { channels } from './channels/registry.ts';
import type { Config } from './config.ts';
import { connect } from './db/connect.ts';
import { migrate } from './db/migrate.ts';
import { othersAtWork, settleRestored } from './db/restored.ts';
import { SetupError } from './process.ts';

/**
 * Settles what the restored state left open, and says what that was.
 * @throws SetupError while something else works on the database
 */
export async function settleAfterRestore(config: Config, tell: (line: string) => void): Promise<void> {
  const database = await connect({ ...config, max: 1, name: 'convene restored' });
  try {
    if (await othersAtWork(database.sql))
      throw new SetupError('Other processes of Convene work on this database. Stop them all, then run this once, then start them.');
    await migrate(database.url);
    const { inDoubt, unanswered } = await settleRestored(
      database.sql,
      channels.filter(({ idempotent }) => idempotent).map(({ kind }) => kind),
    );
    tell(
      `Settled. Messages of which nobody knows whether they went out: ${inDoubt}. Conversations that an agent was about to answer: ${unanswered}. A person looks at each. Start the processes now.\n`,
    );
  } finally {
    await database.close();
  }
}
