/** The whole server as a process of its own, which tells what memory it has and what it had at most. */
import { readConfig } from '../../server/config.ts';
import { startServer } from '../../server/start.ts';

const server = await startServer({ config: readConfig(JSON.parse(process.env['SERVER_SETTINGS'] ?? '{}') as Record<string, string>, 'production') });
process.on('message', () => process.send?.({ rss: process.memoryUsage.rss(), peak: process.resourceUsage().maxRSS * 1_024 }));
process.once('disconnect', () => void server.stop().then(() => process.exit()));
process.send?.({ url: server.url });
