/** `npm start`: the production form. */
import { readConfig } from './config.ts';
import { runUntilStopped } from './process.ts';
import { startServer } from './start.ts';

await runUntilStopped(() => startServer({ config: readConfig(process.env, 'production') }));
