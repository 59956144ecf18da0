import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** What a page loads, gzip, in bytes: the promise that each size is held to. */
const budgets = { launcher: 4 * 1024, panel: 30 * 1024, inbox: 80 * 1024 };

type Chunks = Map<string, Rolldown.OutputChunk>;

/** Prints what pages load, and fails the build where it is more than promised. */
export function budget(): Plugin {
  return {
    name: 'convene-budget',
    generateBundle(_options, bundle) {
      const chunks: Chunks = new Map();
      for (const file of Object.values(bundle)) if (file.type === 'chunk') chunks.set(file.fileName, file);
      const launcher = closure(chunks, ['chat.js']);
      const opened = closure(chunks, ['chat.js', ...(chunks.get('chat.js')?.dynamicImports ?? [])]);
      const sizes = chunks.has('chat.js')
        ? { launcher: weigh(launcher), panel: weigh(new Map([...opened].filter(([name]) => !launcher.has(name)))) }
        : { inbox: weigh(closure(chunks, ['convene.js'])) };
      const over: string[] = [];
      for (const [name, size] of Object.entries(sizes) as [keyof typeof budgets, number][]) {
        const line = `${name} ${kilobytes(size)} KB of ${kilobytes(budgets[name])} KB gzip`;
        this.info(line);
        if (size > budgets[name]) over.push(line);
      }
      if (over.length > 0) this.error(`Over the size budget: ${over.join('; ')}`);
    },
  };
}

/** The chunks that are loaded with these, before anything is opened on demand. */
function closure(chunks: Chunks, entries: string[]): Chunks {
  const reached: Chunks = new Map();
  const waiting = [...entries];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = chunks.get(name);
    if (!chunk || reached.has(name)) continue;
    reached.set(name, chunk);
    waiting.push(...chunk.imports);
  }
  return reached;
}

function weigh(chunks: Chunks): number {
  return [...chunks.values()].reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0);
}

const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1);
