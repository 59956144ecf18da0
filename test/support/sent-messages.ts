/** What the page asks the API to send: listens in the page itself, where a body is as the composer made it. */
import type { SendMessage } from '../../server/contract/message.ts';

const { fetch: ask } = window;

/** Keeps the body of every message that is posted from now on, in order, until `deaf`. */
export function listenToSent(): readonly SendMessage[] {
  const bodies: SendMessage[] = [];
  window.fetch = (input, init) => {
    if (init?.method === 'POST' && String(input).endsWith('/messages')) bodies.push(JSON.parse(String(init.body)) as SendMessage);
    return ask(input, init);
  };
  return bodies;
}

/** Listens no more. */
export function deaf(): void {
  window.fetch = ask;
}
