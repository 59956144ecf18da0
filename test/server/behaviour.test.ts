/** Saving an agent's behaviour and its guidance cards at once. */
import { randomUUID } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { expect, test } from 'vitest';
import type { SavedBehaviour } from '../../server/contract/agent.ts';
import type { Agent, GuidanceCard } from '../../server/contract/settings.ts';
import { PNG } from '../support/files.ts';
import { useOwnApi } from '../support/own-api.ts';

const own = useOwnApi();

const makeAgent = async (): Promise<Agent> =>
  (await own.api.call<Agent>('POST', '/v1/agents', { token: own.token, body: { name: `Agent ${randomUUID()}` } })).body;
const save = (body: object, token = own.token) => own.api.call<SavedBehaviour>('POST', '/v1/behaviour', { token, body });
const cards = async () => (await own.api.call<{ items: GuidanceCard[] }>('GET', '/v1/guidance-cards', { token: own.token })).body.items;

test('behaviour and cards are saved at once: changed, made, moved and deleted', async () => {
  const agent = await makeAgent();
  const made = await save({
    cards: [
      { set: { surface: 'classifier', title: 'Calls', text: 'Stay quiet to calls.', scope: { agentIds: [agent.id] } } },
      { set: { surface: 'reply', title: 'Depots', text: 'Name one.', position: 9 } },
    ],
  });
  expect(made.status).toBe(200);
  const [calls, depots] = made.body.cards as [GuidanceCard, GuidanceCard];
  const { body } = await save({
    agent: { id: agent.id, version: agent.version, set: { instructions: 'Be short.', replyMode: 'controlled' } },
    cards: [
      { id: calls.id, version: calls.version, remove: true },
      { id: depots.id, version: depots.version, set: { position: -5, active: false } },
    ],
  });
  expect(body).toMatchObject({
    agent: { instructions: 'Be short.', replyMode: 'controlled', version: agent.version + 1 },
    cards: [null, { position: -5, active: false }],
  });
  expect((await cards()).find(({ id }) => id === calls.id)).toBeUndefined();
});

test('they are saved all or not at all, and what is wrong is told at its place', async () => {
  const agent = await makeAgent();
  const {
    body: {
      cards: [card],
    },
  } = await save({ cards: [{ set: { surface: 'reply', title: 'Tone', text: 'Warm.' } }] });
  const refused = async (part: object, more: object = {}) =>
    own.api.refused('POST', '/v1/behaviour', {
      token: own.token,
      body: { agent: { id: agent.id, version: agent.version, set: { name: 'Another', ...more } }, cards: [part] },
    });
  expect((await refused({ set: { surface: 'reply', title: '', text: 'X' } })).body).toMatchObject({
    code: 'invalid',
    errors: [{ path: 'cards.0.set.title' }],
  });
  expect((await refused({ set: { surface: 'reply', title: 'Only' } })).body).toMatchObject({ code: 'invalid', errors: [{ path: 'cards.0.text' }] });
  expect((await refused({ id: card!.id, set: { scope: { agentIds: [(await own.api.world()).agents.nova] } } })).body).toMatchObject({
    code: 'invalid',
    errors: [{ path: 'cards.0.scope.agentIds.0' }],
  });
  expect((await refused({ id: card!.id, version: 99, set: { text: 'Colder.' } })).body).toMatchObject({
    code: 'stale_version',
    current: { id: card!.id, text: 'Warm.' },
    errors: [{ path: 'cards.0' }],
  });
  expect((await refused({ id: card!.id, version: 99, remove: true })).code).toBe('stale_version');
  expect((await refused({ id: newId(), set: { text: 'X' } })).code).toBe('not_found');
  expect((await refused({ id: card!.id, set: { text: 'Cold.' } }, { name: 'Sol' })).body).toMatchObject({
    code: 'name_taken',
    current: { id: own.world.agents.sol },
  });
  expect((await save({ cards: [] }, own.ben)).status).toBe(403);
  expect((await own.api.call<Agent>('GET', `/v1/agents/${agent.id}`, { token: own.token })).body).toEqual(agent);
  expect((await cards()).find(({ id }) => id === card!.id)).toEqual(card);
});

test('a picture that was uploaded is seen by everybody once it is saved', async () => {
  const agent = await makeAgent();
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(PNG)], { type: 'image/png' }), 'nova.png');
  const { body: file } = await own.api.call<{ url: string }>('POST', '/v1/files', { token: own.token, raw: form });
  const path = new URL(file.url).pathname.replace('/files/', '/avatars/');
  expect((await own.api.call('GET', path)).status).toBe(404);
  await save({ agent: { id: agent.id, set: { avatarUrl: `https://inbox.example${path}` } } });
  const seen = await own.api.call('GET', path);
  expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/png']);
  await save({ agent: { id: agent.id, set: { avatarUrl: null } } });
  expect((await own.api.call('GET', path)).status).toBe(404);
});
