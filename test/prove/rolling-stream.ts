/** A reader of live updates that comes back where it was, as a page does, and keeps what it was told. */
import { setTimeout as delay } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';

/** Until it comes back after its stream has ended, in milliseconds. */
const BACK_MS = 100;

interface FollowedStream {
  /** Resolves once the first stream is open. */
  open: Promise<void>;
  /** Ids of messages that it was told of, and when, in milliseconds of this process. */
  messages: ReadonlyMap<string, number>;
  /** Events that came a second time. */
  repeated(): number;
  /** Times that it was told to read afresh. */
  resets(): number;
  reconnects(): number;
  close(): void;
}

export function followStream(url: string, token: string): FollowedStream {
  const stop = new AbortController();
  const messages = new Map<string, number>();
  const events = new Set<string>();
  let [repeated, resets, reconnects] = [0, 0, -1];
  let last: string | undefined;
  let opened: () => void;
  const open = new Promise<void>((resolve) => (opened = resolve));

  const read = async (): Promise<void> => {
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}`, ...(last ? { 'last-event-id': last } : {}) }, signal: stop.signal });
    if (response.status !== 200 || !response.body) return;
    reconnects += 1;
    const parser = createParser({
      onEvent({ id, event, data }) {
        if (event === 'reset') resets += 1;
        if (id) {
          if (events.has(id)) repeated += 1;
          events.add(id);
        }
        if (event === 'message') messages.set((JSON.parse(data) as { id: string }).id, performance.now());
      },
    });
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body) {
      const text = rest + decoder.decode(chunk, { stream: true });
      const whole = text.lastIndexOf('\n\n') + 2;
      rest = whole > 1 ? text.slice(whole) : text;
      if (whole < 2) continue;
      parser.feed(text.slice(0, whole));
      // The id of a block without data moves the place too.
      last = [...text.slice(0, whole).matchAll(/^id: ?(.+)$/gm)].at(-1)?.[1] ?? last;
      opened();
    }
  };
  void (async () => {
    while (!stop.signal.aborted) {
      await read().catch(() => {});
      if (!stop.signal.aborted) await delay(BACK_MS);
    }
  })();
  return { open, messages, repeated: () => repeated, resets: () => resets, reconnects: () => reconnects, close: () => stop.abort() };
}
