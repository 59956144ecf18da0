/** The demo as somebody asks it who has nothing but its address. */
import type { VisitorMessages, VisitorSession } from '../../server/contract/chat.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message, MessagePage, VisitorMessage } from '../../server/contract/message.ts';
import type { Agent } from '../../server/contract/settings.ts';
import { until } from './pipeline.ts';

export type Who = 'ana' | 'ben' | 'chloe' | 'rita';

/** An answer with its body read; `code` is a problem's, else empty. */
export interface Answer<T> {
  status: number;
  headers: Headers;
  text: string;
  body: T;
  code: string;
}

export interface Ask {
  /** One of the demo's people, or a token as it is. */
  as?: Who | { token: string };
  body?: unknown;
  headers?: Record<string, string>;
  /** Sent as it is, instead of `body`. */
  raw?: BodyInit;
}

/** Calls to one server, and what tests of whole conversations do again and again. */
export interface DemoClient {
  url: string;
  token(who: Who): Promise<string>;
  ask<T = Record<string, unknown>>(method: string, path: string, ask?: Ask): Promise<Answer<T>>;
  /** `GET` as Ana; fails unless it is 200. */
  get<T>(path: string, as?: Ask['as']): Promise<T>;
  /** All pages of a list, a few items at a time. */
  all<T extends { id: string }>(path: string, limit: number, as?: Ask['as']): Promise<T[]>;
  /** `POST` as Ana to a call of a conversation. */
  act(id: string, what: string, body?: unknown, as?: Ask['as'], headers?: Record<string, string>): Promise<Answer<Conversation>>;
  conversation(id: string): Promise<Conversation>;
  messages(id: string): Promise<Message[]>;
  /** The conversation of a contact, by its email address, telephone number or name. */
  find(contact: string): Promise<Conversation | undefined>;
  agent(name: string): Promise<Agent>;
  /** Changes an agent as Ana. */
  tune(name: string, change: Partial<Agent>): Promise<void>;
  /** A visitor of the shop's chat. */
  visitor(identityToken?: string): Promise<Visitor>;
  /** Plays a message through the provider's webhook. @returns what the webhook answered */
  play(message: Record<string, unknown>): Promise<number>;
  /** Waits until what the customer wrote is answered, drafted, or somebody is asked to act. */
  settled(id: string): Promise<Conversation>;
}

export interface Visitor {
  session: VisitorSession;
  as: { token: string };
  /** @returns the message, whose `conversationId` names the conversation */
  says(text: string): Promise<VisitorMessage>;
  sees(): Promise<VisitorMessages>;
}

export function demoClient(url: string): DemoClient {
  const tokens = new Map<Who, Promise<string>>();
  const ask = async <T>(method: string, path: string, { as, body, headers, raw }: Ask = {}): Promise<Answer<T>> => {
    const token = as === undefined ? undefined : typeof as === 'string' ? await client.token(as) : as.token;
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: raw ?? (body === undefined ? null : JSON.stringify(body)),
    });
    const text = await response.text();
    const parsed = (/json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined) as T;
    const code = response.status >= 400 ? ((parsed as { code?: string } | undefined)?.code ?? `no problem: ${text.slice(0, 200)}`) : '';
    return { status: response.status, headers: response.headers, text, body: parsed, code };
  };
  const client: DemoClient = {
    url,
    ask,
    token(who) {
      const known = tokens.get(who) ?? ask<{ token: string }>('GET', `/demo/token?as=${who}`).then((answer) => answer.body.token);
      tokens.set(who, known);
      return known;
    },
    async get(path, as = 'ana') {
      const answer = await ask<never>('GET', path, { as });
      if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status} ${answer.text.slice(0, 300)}`);
      return answer.body;
    },
    async all<T>(path: string, limit: number, as: Ask['as'] = 'ana') {
      const items: T[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: { items: T[]; nextCursor: string | null } = await client.get(
          `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
          as,
        );
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      return items;
    },
    act: (id, what, body, as = 'ana', headers = {}) => ask('POST', `/v1/conversations/${id}/${what}`, { as, body: body ?? {}, headers }),
    conversation: (id) => client.get(`/v1/conversations/${id}`),
    messages: async (id) => (await client.get<MessagePage>(`/v1/conversations/${id}/messages?limit=100`)).items,
    async find(contact) {
      const { items } = await client.get<{ items: Conversation[] }>(`/v1/conversations?status=any&limit=100&q=${encodeURIComponent(contact)}`);
      return items.find(({ contact: { email, phone, name } }) => [email, phone, name].includes(contact));
    },
    async agent(name) {
      const found = (await client.get<{ items: Agent[] }>('/v1/agents')).items.find((agent) => agent.name === name);
      if (!found) throw new Error(`there is no agent ${name}`);
      return found;
    },
    async tune(name, change) {
      const answer = await ask('PATCH', `/v1/agents/${(await client.agent(name)).id}`, { as: 'ana', body: change });
      if (answer.status !== 200) throw new Error(`${name} was not changed: ${answer.text}`);
    },
    async visitor(identityToken) {
      const opened = await ask<VisitorSession>('POST', '/v1/chat/sessions', { body: { workspace: 'demo', ...(identityToken ? { identityToken } : {}) } });
      if (opened.status !== 201) throw new Error(`no session: ${opened.text}`);
      const as = { token: opened.body.token };
      return {
        session: opened.body,
        as,
        async says(text) {
          const answer = await ask<VisitorMessage>('POST', '/v1/chat/messages', { as, body: { text } });
          if (answer.status !== 201) throw new Error(`the message was refused: ${answer.text.slice(0, 300)}`);
          return answer.body;
        },
        sees: () => client.get('/v1/chat/messages?limit=100', as),
      };
    },
    async play(message) {
      const answer = await ask<{ status: number }>('POST', '/demo/inbound', { body: message });
      if (answer.status !== 200) throw new Error(`not played: ${answer.text}`);
      return answer.body.status;
    },
    settled: (id) =>
      until(
        async () => {
          const seen = await client.conversation(id);
          return seen.inboundCount > 0 && !seen.working && (seen.waitingSince === null || seen.requiresAction || seen.draft !== null) && seen;
        },
        `an end of the turn in ${id}`,
        15_000,
      ),
  };
  return client;
}
