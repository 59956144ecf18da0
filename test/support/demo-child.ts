/** The demo as a process of its own, without its pages, for tests that end it one way or another. Says its address when it is ready. */
import { mountDemo } from '../../demo/routes.ts';
import { stage } from '../../demo/stand-ins.ts';
import { readConfig } from '../../server/config.ts';
import { runUntilStopped } from '../../server/process.ts';
import { startServer } from '../../server/start.ts';

await runUntilStopped(async () => {
  let endStandIns = async (): Promise<void> => {};
  const server = await startServer({
    config: readConfig(process.env, 'demo'),
    onProgress: () => {},
    prepare: async (app, deps) => {
      const staged = await stage(deps);
      endStandIns = staged.providers.close;
      mountDemo(app, { ...deps, ...staged });
      return staged.where;
    },
  });
  process.stdout.write(`ready ${server.url}\n`);
  return {
    async stop() {
      await server.stop();
      await endStandIns();
    },
  };
});
