/** `npm run demo`: the whole product with a believable workspace, from one process, at one URL. `-- --reset` begins anew. */
import { buildElements } from './elements.ts';

/** Seconds are those since this process began. */
function tell(line: string): void {
  process.stdout.write(`${(performance.now() / 1000).toFixed(1).padStart(5)} s  ${line}\n`);
}

// Another process builds the elements, where that is to be done, while this one still loads the server.
const elements = buildElements(tell);
elements.catch(() => {});
const { runDemo } = await import('./run.ts');
await runDemo(tell, elements);
