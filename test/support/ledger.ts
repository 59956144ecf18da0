/** A provider's stand-in over HTTP that keeps a ledger of what it was asked to send. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Entry {
  key: string;
  text: string;
  externalId: string;
  /** Times that it was asked with the same key; a provider that takes keys sends once. */
  asked: number;
}

export interface Ledger {
  url: string;
  /** What really went out, in order. Without keys each request is a sending of its own. */
  sent: Entry[];
  /** Times that a message went out, by its key. */
  times(key: string): number;
  /** Called when a request was written down and before it is answered. */
  onSent: ((entry: Entry) => void) | null;
  close(): Promise<void>;
}

/** @param idempotent whether it takes a key: the same key again answers as before and sends nothing */
export async function startLedger(idempotent: boolean): Promise<Ledger> {
  const sent: Entry[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { key, text } = JSON.parse(body) as { key: string; text: string };
      let entry = idempotent ? sent.find((one) => one.key === key) : undefined;
      if (entry) entry.asked += 1;
      else sent.push((entry = { key, text, externalId: randomUUID(), asked: 1 }));
      ledger.onSent?.(entry);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ id: entry.externalId }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ledger: Ledger = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    times: (key) => sent.filter((entry) => entry.key === key).length,
    onSent: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return ledger;
}
