/** `npm start`: the production form. With `--restored` it settles a database that was put back, and ends. */
import { readConfig } from './config.ts';
import { runUntilStopped } from './process.ts';
import { settleAfterRestore } from './restored.ts';
import { startServer } from './start.ts';

await runUntilStopped(async () => {
  const config = readConfig(process.env, 'production');
  if (!process.argv.includes('--restored')) return startServer({ config });
  await settleAfterRestore(config, (line) => process.stdout.write(line));
  process.exit(0);
});
