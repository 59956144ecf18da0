import { createContext } from '@lit/context';
import { createClient } from './client.ts';
import { asProblem, type ApiProblem } from './problem.ts';
import { nameOf } from './identity.ts';
import { createStore, type Store } from './store.ts';
import { claimsOf, Tokens, type GetToken } from './token.ts';

/** What a provider gives the elements in it: the store, or why there is none yet. */
export interface Session {
  readonly store?: Store;
  readonly problem?: ApiProblem;
}

/** The nearest session above an element. */
export const sessionContext = createContext<Session>(Symbol.for('convene-session'));

/** Where the API is and who asks. */
export interface Access {
  /** URL of the API without `/v1`, relative to the page or absolute. */
  base: string;
  /** Slug of the workspace; that of the token unless told. */
  workspace?: string;
  getToken: GetToken;
}

/** How long a store outlives its last element, in milliseconds: an element that is only moved finds it again. */
const LINGER = 2_000;

interface Held {
  readonly store: Store;
  readonly tokens: Tokens;
  /** Whom to ask for a token; the last that came is asked. */
  readonly sources: GetToken[];
  users: number;
  ending?: ReturnType<typeof setTimeout>;
}

const held = new Map<string, Held>();

/** A store in use, and how to let go of it. */
export interface Lease {
  readonly store: Store;
  release(): void;
}

/**
 * The store of an operator: one for all elements of the page that ask for the same API, workspace and operator.
 * Throws an ApiProblem when the host gives no token, or when it takes an unreadable one and the API does not answer for it.
 */
async function lease({ base, workspace, getToken }: Access): Promise<Lease> {
  const url = new URL(base || '/', document.baseURI).href.replace(/\/$/, '');
  const sources: GetToken[] = [getToken];
  const tokens = new Tokens(() => (sources.at(-1) ?? getToken)());
  const client = createClient({ base: url, tokens });
  const token = await tokens.current();
  const claims = claimsOf(token);
  const operator = claims?.sub ?? (await (await client.api.v1.me.$get()).json()).id;
  const identity = { base: url, workspace: workspace ?? claims?.workspace ?? '', operator };
  const name = nameOf(identity);
  let found = held.get(name);
  if (found) {
    found.sources.push(getToken);
    found.tokens.take(token);
    if (found.store.get().connection === 'unauthorized') found.store.reconnect();
  } else {
    found = { store: createStore({ client, identity }), tokens, sources, users: 0 };
    held.set(name, found);
  }
  return use(name, found, getToken);
}

function use(name: string, entry: Held, source: GetToken): Lease {
  entry.users += 1;
  clearTimeout(entry.ending);
  let released = false;
  return {
    store: entry.store,
    release() {
      if (released) return;
      released = true;
      entry.users -= 1;
      if (entry.sources.length > 1) entry.sources.splice(entry.sources.lastIndexOf(source), 1);
      if (entry.users > 0) return;
      entry.ending = setTimeout(() => {
        held.delete(name);
        entry.store.stop();
      }, LINGER);
    },
  };
}

/** Keeps a session for an element: begins, tries again, lets go; an answer that comes after that is dropped. */
export class SessionKeeper {
  private lease?: Lease;
  private call = 0;
  private access?: Access;

  constructor(private readonly changed: (session: Session | undefined) => void) {}

  /** Begins a session, in place of the one before. */
  begin(access: Access): void {
    this.access = access;
    this.call += 1;
    const { call } = this;
    const before = this.lease;
    this.lease = undefined;
    lease(access).then(
      (taken) => {
        before?.release();
        if (call !== this.call) return taken.release();
        this.lease = taken;
        this.changed({ store: taken.store });
      },
      (thrown: unknown) => {
        before?.release();
        if (call === this.call) this.changed({ problem: asProblem(thrown) });
      },
    );
  }

  /** Asks the host and the API again at once. */
  retry(): void {
    if (this.lease) this.lease.store.reconnect();
    else if (this.access) this.begin(this.access);
  }

  end(): void {
    this.call += 1;
    this.lease?.release();
    this.lease = undefined;
    this.access = undefined;
    this.changed(undefined);
  }
}
