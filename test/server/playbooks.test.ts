/** Playbooks through the front door: begun by their rules, kept with every answer, ended by their goal or an exit. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { Playbook, PlaybookFigures, PlaybookStand } from '../../server/contract/playbook.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startProcess, until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import { reserve } from '../support/playbooks.ts';
import type { WorldOptions } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let worker: TestProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  worker = await startProcess(database);
});
afterAll(async () => {
  await worker.stop();
  await api.stop();
  await database.close();
});

async function scene(change: Record<string, unknown> = {}, options?: WorldOptions) {
  const world = await api.world(options);
  const token = await operatorToken(world);
  const call = async <T>(method: string, path: string, body?: unknown) => (await api.call<T>(method, path, { token, body })).body;
  const playbook = await call<Playbook>('POST', '/v1/playbooks', { ...reserve(world), ...change });
  const items = async (id: string) => (await call<{ items: Message[] }>('GET', `/v1/conversations/${id}/messages?limit=100`)).items;
  const stand = async (id: string) => (await call<{ playbook: PlaybookStand | null }>('GET', `/v1/conversations/${id}/playbook`)).playbook;
  const see = (id: string) => call<Conversation>('GET', `/v1/conversations/${id}`);
  const talk = (handle: string) => async (text: string) => {
    const { conversationId } = await world.writes(text, { handle });
    const last = await until(async () => {
      const all = await items(conversationId);
      const at = all.findLast(({ direction }) => direction === 'inbound');
      return all.findLast(({ direction, seq, delivery }) => direction === 'outbound' && seq > (at?.seq ?? 0) && delivery?.status === 'sent');
    }, `an answer to ${text}`);
    return { conversationId, answer: last };
  };
  return { world, token, call, playbook, items, stand, see, talk };
}

test('asks for what is missing in order, survives a restart and a takeover, and hands off at the goal with its routes', async () => {
  const { world, call, playbook, stand, see, talk, items } = await scene();
  const says = talk('goal');
  const first = await says('Hello, I would like to reserve a machine');
  const { conversationId } = first;
  expect(first.answer).toMatchObject({
    text: 'Which colour would you like, black or white?',
    because: { playbook: { id: playbook.id, name: 'Reserve and collect', step: 1, steps: 2 } },
  });
  expect(await stand(conversationId)).toMatchObject({ playbookId: playbook.id, playbookVersion: 1, step: 1, held: false, ended: null });

  // What a customer asks meanwhile is answered, and the question comes again.
  const asked = await says('How long does delivery take?');
  expect(asked.answer.text).toMatch(/two working days[\s\S]*Which colour would you like/);
  await worker.stop();
  worker = await startProcess(database);
  expect((await says('The black one please')).answer.text).toBe('How many machines?');
  expect(await stand(conversationId)).toMatchObject({
    step: 1,
    slots: [
      { name: 'colour', value: 'black' },
      { name: 'machines', value: null },
      { name: 'day', value: null },
    ],
  });

  // A change of the playbook concerns those that begin after it.
  await call('PATCH', `/v1/playbooks/${playbook.id}`, { steps: [], slots: [] });
  await call('POST', `/v1/conversations/${conversationId}/assume`, { reason: 'a look' });
  expect(await stand(conversationId)).toMatchObject({ held: true, step: 1 });
  const said = await world.writes('I will take two', { handle: 'goal' });
  await until(
    async () =>
      (await see(said.conversationId)).working === null && (await items(conversationId)).findLast(({ direction }) => direction === 'inbound')?.language,
    'the message to be read',
  );
  expect(await stand(conversationId)).toMatchObject({ held: true, slots: [{ value: 'black' }, { value: null }, { value: null }] });
  await call('POST', `/v1/conversations/${conversationId}/resume`, {});
  expect((await says('two machines')).answer.text).toBe('On which day will you come?');
  expect(await stand(conversationId)).toMatchObject({ held: false, step: 2, playbookVersion: 1 });

  const last = await says('2026-12-04 is fine');
  expect(last.answer).toMatchObject({ author: { kind: 'system' }, routes: [{ id: world.routes.call }] });
  expect((await see(conversationId)).handoff).toMatchObject({ trigger: 'playbook', reason: 'reached the goal of “Reserve and collect”' });
  expect(await stand(conversationId)).toMatchObject({ slots: [{ value: 'black' }, { value: 2 }, { value: '2026-12-04' }], ended: { as: 'goal' } });
  expect(await call<PlaybookFigures>('GET', `/v1/playbooks/${playbook.id}/figures`)).toEqual({ days: 30, begun: 1, reached: [1], goal: 1 });
}, 60_000);

test('an exit by rule hands off with its route; one by keyword ends it and the agent goes on; what is asked in vain goes to people', async () => {
  const { world, stand, see, talk, items } = await scene();
  const many = talk('many');
  await many('I want to reserve machines in white');
  const { conversationId } = await many('5');
  expect((await see(conversationId)).handoff).toMatchObject({
    trigger: 'playbook',
    route: { id: world.routes.sales },
    reason: expect.stringContaining('machines more than 2'),
  });
  expect(await stand(conversationId)).toMatchObject({ ended: { as: 'exit' }, slots: [{ value: 'white' }, { value: 5 }, { value: null }] });

  const german = await talk('de')('reserve: Können Sie eine Maschine für mich zurücklegen?');
  expect(german.answer.text).toContain('Welche Farbe hätten Sie gern?');

  const mind = talk('mind');
  await mind('Please reserve one');
  const left = await mind('Oh never mind. When are you open on Saturday?');
  expect(left.answer.text).toMatch(/10:00/);
  expect(left.answer.text).not.toMatch(/colour/);
  expect(await stand(left.conversationId)).toMatchObject({ ended: { as: 'exit' } });
  expect((await items(left.conversationId)).find(({ code }) => code === 'playbook_exit')).toMatchObject({ author: { name: 'Nova' } });

  const vague = talk('vague');
  await vague('Please reserve one for me');
  await vague('I do not mind the look of it at all');
  const gone = await vague('Just any of them will do');
  expect((await see(gone.conversationId)).handoff).toMatchObject({ trigger: 'playbook', reason: expect.stringContaining('colour') });
}, 60_000);

test('a goal may close the conversation, with the last word of the workspace; a draft waits with the progress it rests on; closing ends what stands', async () => {
  const closing = await scene({ onGoal: 'close', steps: [], slots: [{ name: 'email', type: 'email' }], exits: [] });
  const says = closing.talk('close');
  expect((await says('reserve please')).answer.text).toBe('The customer has a machine on hold at a depot.');
  const { conversationId, answer } = await says('marta@example.com');
  expect(answer).toMatchObject({ author: { kind: 'system', name: 'Morrow' }, text: expect.stringContaining('settled') });
  expect(await closing.see(conversationId)).toMatchObject({ status: 'closed', handoff: null });
  expect((await closing.items(conversationId)).map(({ code }) => code)).toEqual(expect.arrayContaining(['playbook_goal', 'closed']));

  const drafting = await scene({}, { replyMode: 'auto_draft' });
  const inbound = await drafting.world.writes('I would like to reserve a white one', { handle: 'draft' });
  const draft = await until(async () => (await drafting.see(inbound.conversationId)).draft, 'a draft');
  expect(draft).toMatchObject({ text: 'How many machines?', because: { playbook: { name: 'Reserve and collect', step: 1, steps: 2 } } });
  expect(await drafting.stand(inbound.conversationId)).toMatchObject({ slots: [{ value: 'white' }, {}, {}] });
  const other = await drafting.world.writes('I want to reserve', { handle: 'other' });
  await until(async () => (await drafting.see(other.conversationId)).draft, 'the other draft');
  await drafting.call('POST', `/v1/conversations/${other.conversationId}/merge`, { intoId: inbound.conversationId, mergeContacts: true });
  expect(await drafting.stand(inbound.conversationId)).toMatchObject({ ended: null, slots: [{ value: null }, {}, {}] });
  await drafting.call('PATCH', `/v1/conversations/${inbound.conversationId}`, { status: 'closed' });
  expect(await drafting.stand(inbound.conversationId)).toMatchObject({ ended: { as: 'closed' } });
}, 60_000);

test('a merge that is taken back leaves each conversation’s playbook where it stood', async () => {
  const { call, stand, talk, see } = await scene();
  const [one, other] = [talk('one'), talk('other')];
  const { conversationId: fromId } = await one('I would like to reserve a machine');
  const { conversationId: intoId } = await other('Reserve a white one for me');
  await one('The black one please');
  const before = [await stand(fromId), await stand(intoId)];
  const merge = async () => (await call<{ mergeId: string }>('POST', `/v1/conversations/${fromId}/merge`, { intoId, mergeContacts: true })).mergeId;
  const part = (mergeId: string) => call('POST', `/v1/merges/${mergeId}/undo`, {});
  const first = await merge();
  expect(await stand(intoId)).toMatchObject({ slots: before[0]!.slots, ended: null });
  await part(first);
  expect([await stand(fromId), await stand(intoId)]).toEqual(before);

  // What the one customer says meanwhile moves the other's, and goes with what was said.
  const second = await merge();
  expect((await other('two machines')).answer.text).toBe('On which day will you come?');
  expect(await stand(intoId)).toMatchObject({ step: 2 });
  await part(second);
  expect([await stand(fromId), await stand(intoId)]).toEqual(before);

  // What the customer of the one that went on says stays with it.
  const third = await merge();
  expect((await one('two machines')).answer.text).toBe('On which day will you come?');
  await part(third);
  expect([await stand(fromId), await stand(intoId)]).toMatchObject([
    { step: 2, slots: [{ value: 'black' }, { value: 2 }, { value: null }], ended: null },
    before[1],
  ]);

  // What somebody closed since is over in both.
  const fourth = await merge();
  await call('PATCH', `/v1/conversations/${intoId}`, { status: 'closed' });
  await part(fourth);
  expect((await see(fromId)).status).toBe('closed');
  expect([await stand(fromId), await stand(intoId)]).toMatchObject([{ ended: { as: 'closed' } }, { ended: { as: 'closed' } }]);
}, 60_000);
