import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** Where the driver wants to go; its options have arrays of hosts and ports. */
export interface Target {
  host: string[];
  port: number[];
  /** Of a Unix socket, instead. */
  path?: string | false | undefined;
  /** Set where the connection is to be encrypted: then the driver puts a socket of its own round this one. */
  ssl?: unknown;
}

/** Milliseconds for which a socket that has closed still takes what the driver writes, at least. */
const GRACE_MS = 50;
/** Milliseconds without a write after which the driver is told; what it had put off by a tick has been written by then. */
const QUIET_MS = 2;
/** What a connection says that only asks for the end of a query: so many bytes, with this number as their second four. */
const CANCEL = { bytes: 16, code: 80_877_102 };

/**
 * A socket for the driver, that tells of its end in an order that the driver can bear. Told at once, it forgets a write that
 * it had put off by a tick and never writes on that connection again; and the rollback of a transaction whose connection
 * has gone is written to no socket at all, which ends the process (postgres 3.4.9). So every query fails first,
 * then whatever was sent in answer, and the end comes when nothing is written any more.
 */
export function openSocket({ host, port, path, ssl }: Target): Socket {
  const socket = path ? connect(path) : connect(port[0] ?? 5432, host[0] ?? 'localhost');
  // The driver reads it for the name that a certificate must have.
  Object.assign(socket, { host: host[0] });
  if (ssl) return socket;
  const emit = socket.emit.bind(socket) as (event: string, ...args: unknown[]) => boolean;
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  let connected = false;
  let gone = false;
  let writes = 0;
  const fail = (): boolean =>
    socket.listenerCount('error') > 0 && emit('error', Object.assign(new Error('the connection to the database was closed'), { code: 'CONNECTION_CLOSED' }));
  socket.once('connect', () => (connected = true));
  socket.emit = (event: string, ...args: unknown[]): boolean => {
    if (event !== 'close' || !connected) return emit(event, ...args);
    gone = true;
    fail();
    const end = (seen: number): void => {
      if (writes === seen) return void emit('close', false);
      fail();
      setTimeout(end, QUIET_MS, writes);
    };
    setTimeout(() => end(-1), GRACE_MS);
    return true;
  };
  let spoken = false;
  socket.write = (...args: unknown[]): boolean => {
    // Postgres answers it by closing the connection: no failure, and nobody would hear of one.
    if (!spoken && Buffer.isBuffer(args[0]) && args[0].length === CANCEL.bytes && args[0].readInt32BE(4) === CANCEL.code) connected = false;
    spoken = true;
    if (!gone) return write(...args);
    writes += 1;
    setImmediate(fail);
    return true;
  };
  return socket;
}

/** Sockets of this process by the connection string of their database. */
const open = new Map<string, Set<Socket>>();

/** Those that are open. Drivers take away listeners of others, so that closed ones are found by looking. */
export function socketsTo(url: string): ReadonlySet<Socket> {
  const sockets = open.get(url) ?? new Set();
  for (const socket of sockets) if (socket.destroyed) sockets.delete(socket);
  return sockets;
}

/** Names a socket by where it leads, for whoever watches that database. */
export function leadingTo(url: string, socket: Socket): Socket {
  open.set(url, new Set([...socketsTo(url), socket]));
  return socket;
}
