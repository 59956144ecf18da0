/** A workspace in which conversations are handed off to people, a worker that does it, and what its tests ask and see again and again. */
import { afterAll, beforeAll, expect } from 'vitest';
import type { VisitorMessage } from '../../server/contract/message.ts';
import { operatorToken } from './api.ts';
import { startChannels } from './channels.ts';
import type { Channels } from './channels.ts';
import { createTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';
import { until } from './pipeline.ts';

interface Place extends Channels {
  /** The token of an operator who is no admin, of the department that the routes lead to. */
  ben: string;
}

/** A problem, as far as tests look at it. */
export interface Refused {
  code: string;
  errors?: { path: string }[];
}
const CALL_FORM = [
  { name: 'phone', kind: 'phone' },
  { name: 'when', kind: 'time', required: false },
  { name: 'about', kind: 'text', label: 'What is it about?' },
];

/** Starts all of it for the tests of this file, and ends it after them. */
export function useHandoffs() {
  const channels = {} as Place;
  let database: TestDatabase;
  const call: Channels['call'] = (method, path, options) => channels.call(method, path, options);
  const post = <T = Refused>(path: string, body: unknown) => call<T & Refused>('POST', path, { body });
  const patch = <T = Refused>(path: string, body: unknown) => call<T & Refused>('PATCH', path, { body });
  const put = async (path: string, body: unknown) => expect((await patch(path, body)).status).toBe(200);
  const paths = ({ body }: { body: Refused }) => body.errors?.map(({ path }) => path);
  /** The texts that a customer got, oldest first. */
  const sent = (kind: 'sms' | 'whatsapp', to: string) =>
    channels.providers
      .outbox(kind)
      .filter((one) => one.to.endsWith(to.slice(-8)))
      .toSorted((one, other) => one.at.localeCompare(other.at));
  const lastTo = (kind: 'sms' | 'whatsapp', to: string, text: RegExp) =>
    until(
      async () => sent(kind, to).findLast((one) => text.test(one.text)),
      `${String(text)} at ${to}, not ${sent(kind, to)
        .map((one) => one.text)
        .join(' | ')}`,
    );
  const handedOff = (kind: 'sms' | 'whatsapp', handle: string) =>
    channels.seen(kind, handle, ({ conversation }) => (conversation.handoff ? conversation : undefined), 'the handoff');
  /** A visitor of the chat who writes. */
  const visitor = async (text: string) => {
    const { token } = (await post<{ token: string }>('/v1/chat/sessions', { workspace: channels.world.slug })).body;
    const { conversationId } = (await call<{ conversationId: string }>('POST', '/v1/chat/messages', { token, body: { text } })).body;
    const seen = async () => (await call<{ items: VisitorMessage[] }>('GET', '/v1/chat/messages', { token })).body.items;
    return { token, conversationId, seen };
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    Object.assign(channels, await startChannels(database));
    channels.ben = await operatorToken(channels.world, 'ben');
    await channels.work();
    const { departments, operators, routes } = channels.world;
    await put(`/v1/departments/${departments.care}`, { operatorIds: [operators.ben] });
    await put(`/v1/routes/${routes.call}`, { fields: CALL_FORM });
    await call('GET', '/v1/me', { token: channels.ben });
  });
  afterAll(async () => {
    await channels.stop();
    await database.close();
  });

  return { channels, call, post, patch, put, paths, sent, lastTo, handedOff, visitor };
}
