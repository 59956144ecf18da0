/** What a team's own endpoint and its server of the Model Context Protocol answer to skills, in every way that they may. */
import { json, mcpServer } from './endpoints.ts';
import type { startEndpoint } from './endpoints.ts';

/**
 * @param canary a secret that each of them tells again
 * @param url of the endpoint, once it is there
 */
export function skillAnswers(canary: string, url: () => string) {
  /** Let what came to `/paid` and to `/held` be answered. */
  let release: () => void = () => undefined;
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const again = new Promise<void>((resolve) => (goOn = resolve));
  const stock = { count: 0, reserved: [] as unknown[] };
  const answers: Parameters<typeof startEndpoint>[0] = {
    '/ok': json({ order: 'M-1', state: 'sent' }),
    '/flaky': (request, response, times) => (times % 3 === 0 ? json({ done: true })(request, response, times) : void response.writeHead(503).end()),
    '/broken': (_request, response) => void response.writeHead(500).end(),
    '/silent': () => undefined,
    '/big': (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify('x'.repeat(40_000))),
    '/page': (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello</p>'),
    '/inside': (_request, response) => void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
    '/elsewhere': (_request, response) => void response.writeHead(302, { location: `${url().replace('127.0.0.1', 'localhost')}/ok` }).end(),
    '/echo': (request, response, times) =>
      json({ told: Object.fromEntries(request.headers), [canary]: Buffer.from(canary).toString('base64') })(request, response, times),
    '/paid': (request, response, times) => held.then(() => json({ paid: true })(request, response, times)),
    '/held': (request, response, times) => again.then(() => json({ refunded: true })(request, response, times)),
    '/mcp': mcpServer(
      [
        {
          name: 'stock',
          description: 'How many there are',
          inputSchema: { type: 'object', properties: { item: { type: 'string' } }, required: ['item'] },
          annotations: { readOnlyHint: true },
          call: ({ item }) => ({ item, count: (stock.count = 4) }),
        },
        {
          name: 'reserve.item',
          description: 'Puts one aside',
          inputSchema: { type: 'object', properties: { item: { type: 'string' } } },
          call: (args) => ({ reserved: stock.reserved.push(args), secret: canary }),
        },
      ],
      `Bearer ${canary}`,
    ),
  };
  return { answers, stock, release, goOn };
}
