/** A program of its own: a thousand readers on raw sockets, which only note when the last of them has had an event. */
import { connect } from 'node:net';

/** What this program is told. */
export type ReaderCommand = { tell: 'open'; port: number; path: 'hub' | 'bare'; readers: number } | { tell: 'await'; path: 'hub' | 'bare'; n: number };
/** What it answers: all are open, or all have the event, with the time of the last. */
export type ReaderAnswer = { opened: number } | { last: string };

interface Awaited {
  marker: Buffer;
  left: number;
}

const awaited = new Map<string, Awaited>();

function open(port: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let tail: Buffer = Buffer.alloc(0);
    let had: Awaited | undefined;
    socket.on('connect', () => socket.write(`GET /${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`));
    socket.once('data', () => resolve());
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      const wanted = awaited.get(path);
      if (!wanted || wanted === had) return;
      const seen = tail.length > 0 ? Buffer.concat([tail, chunk]) : chunk;
      if (!seen.includes(wanted.marker)) {
        // The marker may lie across two pieces.
        tail = seen.subarray(-wanted.marker.length);
        return;
      }
      tail = Buffer.alloc(0);
      had = wanted;
      wanted.left -= 1;
      if (wanted.left === 0) process.send?.({ last: String(process.hrtime.bigint()) } satisfies ReaderAnswer);
    });
  });
}

const opened = new Map<string, number>();

process.on('message', async (command: ReaderCommand) => {
  if (command.tell === 'open') {
    // A few at a time, as the queue of a listening socket takes them.
    for (let left = command.readers; left > 0; left -= 50) {
      await Promise.all(Array.from({ length: Math.min(50, left) }, () => open(command.port, command.path)));
    }
    opened.set(command.path, command.readers);
    process.send?.({ opened: command.readers } satisfies ReaderAnswer);
  } else {
    awaited.set(command.path, { marker: Buffer.from(`"n":${command.n}}`), left: opened.get(command.path) ?? 0 });
    process.send?.({ opened: 0 } satisfies ReaderAnswer);
  }
});
process.once('disconnect', () => process.exit());
