/** A reader of live updates, as a page has it. */
import { createParser } from 'eventsource-parser';

export interface Heard {
  id: string | undefined;
  event: string;
  data: Record<string, unknown>;
}

export interface Listening {
  /** All events so far, oldest first. */
  heard: Heard[];
  /** The first event that fits, now or within the time. */
  until(fits: (heard: Heard) => boolean, what: string, timeoutMs?: number): Promise<Heard>;
  close(): void;
}

export async function listenTo(url: string, token: string, lastEventId?: string): Promise<Listening> {
  const stop = new AbortController();
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
    signal: stop.signal,
  });
  if (response.status !== 200) throw new Error(`the stream answered ${response.status}`);
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  const parser = createParser({
    onEvent: ({ id, event, data }) => {
      heard.push({ id, event: event ?? 'message', data: JSON.parse(data) as Record<string, unknown> });
      for (const look of waiting) look();
    },
  });
  const decoder = new TextDecoder();
  void (async () => {
    for await (const chunk of response.body!) parser.feed(decoder.decode(chunk, { stream: true }));
  })().catch(() => {});
  return {
    heard,
    until(fits, what, timeoutMs = 30_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`waited ${timeoutMs} ms in vain for ${what}; heard ${heard.map((one) => one.event).join(' ')}`));
        }, timeoutMs);
        const look = () => {
          const found = heard.find(fits);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
    close: () => stop.abort(),
  };
}
