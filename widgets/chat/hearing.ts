/** How a chat hears of what happens: in one stream for all tabs of the browser, with a new session where the server does not know its own any more. */
import { asProblem } from '../store/problem.ts';
import { share, StreamRefused, type StreamReader } from '../stream/share.ts';
import type { ChatClient } from './client.ts';
import type { Session } from './session.ts';
import type { ChatPlace } from './vault.ts';

/** Rises when what tabs tell each other changes. */
const protocol = 1;

/** Whoever listens, and can have a new session. */
export interface Listener extends StreamReader {
  /** Has a session in place of one that was refused; throws an `ApiProblem`. */
  renew(): Promise<unknown>;
  /** There is no other session to be had. */
  failed(thrown: unknown): void;
}

/** Listens to all that happens to the visitor of a session. Returns how to stop. */
export function listen({ base, workspace }: ChatPlace, { token, contactId }: Session, client: ChatClient, listener: Listener): () => void {
  const open = async (lastEventId: string | null, signal: AbortSignal): Promise<Response> => {
    const response = await client.events(token, lastEventId, signal);
    if (response.status !== 401) return response;
    try {
      await listener.renew();
    } catch (thrown) {
      if (asProblem(thrown).passes) throw thrown;
      listener.failed(thrown);
    }
    // Either there is a new session, with a stream of its own, or there is none to be had.
    throw new StreamRefused();
  };
  return share({ name: ['convene-chat', protocol, base, workspace, contactId].join('|'), open }, listener);
}
