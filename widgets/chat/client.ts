import type { z } from 'zod';
import type {
  BeginSession,
  ChooseRoute,
  VisitorConversation,
  VisitorMessages,
  VisitorReads,
  VisitorSession,
  VisitorWrites,
} from '../../server/contract/chat.ts';
import type { Attachment, VisitorMessage } from '../../server/contract/message.ts';
import { asProblem, problemOf } from '../store/problem.ts';

/** How long an answer may take, in milliseconds. */
const patience = 20_000;

interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly token?: string;
  readonly body?: unknown;
  /** Idempotency-Key: the same call again gets the first one's answer. */
  readonly key?: string;
  /** Instead of a body; takes as long as it takes. */
  readonly form?: FormData;
  readonly signal?: AbortSignal;
}

/** The visitor's side of the API. Every call throws an `ApiProblem` for anything but a good answer. */
export interface ChatClient {
  begin(body: z.input<typeof BeginSession>): Promise<VisitorSession>;
  end(token: string): Promise<void>;
  /** A page of the history, the newest one without `before`; oldest first. */
  messages(token: string, before?: string): Promise<VisitorMessages>;
  write(token: string, key: string, body: z.input<typeof VisitorWrites>): Promise<VisitorMessage>;
  typing(token: string, typing: boolean): Promise<void>;
  read(token: string, body: z.input<typeof VisitorReads>): Promise<void>;
  choose(token: string, key: string, body: z.input<typeof ChooseRoute>): Promise<VisitorConversation>;
  upload(token: string, file: File, signal: AbortSignal): Promise<Attachment>;
  /** Opens the stream of events, which has no time limit; not ok is an answer here. */
  events(token: string, lastEventId: string | null, signal: AbortSignal): Promise<Response>;
}

/** @param base where the API is: an absolute URL without `/v1` and without a slash at its end. */
export function createChatClient(base: string): ChatClient {
  const at = `${base}/v1/chat/`;

  const call = async <T>(path: string, { method = 'POST', token, body, key, form, signal = AbortSignal.timeout(patience) }: Call): Promise<T> => {
    const headers = new Headers();
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (key !== undefined) headers.set('idempotency-key', key);
    try {
      const response = await fetch(at + path, {
        method,
        headers,
        body: body === undefined ? form : JSON.stringify(body),
        credentials: 'omit',
        cache: 'no-store',
        signal,
      });
      if (!response.ok) throw await problemOf(response);
      return (response.status === 204 ? undefined : await response.json()) as T;
    } catch (thrown) {
      throw asProblem(thrown);
    }
  };

  return {
    begin: (body) => call('sessions', { body }),
    end: (token) => call('sessions', { method: 'DELETE', token }),
    messages: (token, before) => call(before === undefined ? 'messages' : `messages?before=${encodeURIComponent(before)}`, { method: 'GET', token }),
    write: (token, key, body) => call('messages', { token, key, body }),
    typing: (token, typing) => call('typing', { token, body: { typing } }),
    read: (token, body) => call('read', { token, body }),
    choose: (token, key, body) => call('route', { token, key, body }),
    upload: (token, file, signal) => {
      const form = new FormData();
      form.append('file', file);
      return call('files', { token, form, signal });
    },
    events: (token, lastEventId, signal) =>
      fetch(lastEventId === null ? `${at}events` : `${at}events?lastEventId=${encodeURIComponent(lastEventId)}`, {
        headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
        credentials: 'omit',
        cache: 'no-store',
        signal,
      }),
  };
}
