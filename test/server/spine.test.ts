import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { VisitorMessages, VisitorSession } from '../../server/contract/chat.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Draft } from '../../server/contract/draft.ts';
import type { Message, MessagePage, VisitorMessage } from '../../server/contract/message.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startProcess, until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import { listenTo } from '../support/stream.ts';
import type { Listening } from '../support/stream.ts';
import type { World, WorldOptions } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let worker: TestProcess;
const streams: Listening[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  worker = await startProcess(database);
});
afterEach(() => streams.splice(0).forEach((stream) => stream.close()));
afterAll(async () => {
  await worker.stop();
  await api.stop();
  await database.close();
});

/** A customer in the chat and two operators who watch, in a workspace of their own. */
async function scene(options?: WorldOptions) {
  const world: World = await api.world(options);
  const [ana, ben] = await Promise.all([operatorToken(world), operatorToken(world, 'ben')]);
  const session = (await api.call<VisitorSession>('POST', '/v1/chat/sessions', { body: { workspace: world.slug } })).body;
  const [team, visitor] = await Promise.all([listenTo(`${api.url}/v1/events`, ana), listenTo(`${api.url}/v1/chat/events`, session.token)]);
  streams.push(team, visitor);
  const writes = async (text: string) => (await api.call<VisitorMessage>('POST', '/v1/chat/messages', { token: session.token, body: { text } })).body;
  const post = <T>(path: string, body: unknown, token = ana, headers = {}) => api.call<T>('POST', path, { token, body, headers });
  const see = async (id: string, token = ana) => (await api.call<Conversation>('GET', `/v1/conversations/${id}`, { token })).body;
  const items = async (id: string) => (await api.call<MessagePage>('GET', `/v1/conversations/${id}/messages?limit=100`, { token: ana })).body.items;
  const visitorSees = async () => (await api.call<VisitorMessages>('GET', '/v1/chat/messages', { token: session.token })).body;
  return { world, ana, ben, session, team, visitor, writes, post, see, items, visitorSees };
}

const isOutbound = ({ event, data }: { event: string; data: Record<string, unknown> }) => event === 'message' && data.direction === 'outbound';

describe('from the customer to the team and back', () => {
  it('a customer writes, the agent answers, both sides see it live', async () => {
    const { writes, team, visitor, see } = await scene();
    const { conversationId } = await writes('When are you open on Saturday?');
    await team.until(({ event, data }) => event === 'working' && data.conversationId === conversationId, 'an agent at work');
    const answer = await visitor.until(isOutbound, 'the answer');
    expect(answer.data.text).toMatch(/10:00/);
    expect(answer.data).not.toHaveProperty('seq');
    await team.until(({ event, data }) => isOutbound({ event, data }) && (data.delivery as { status: string }).status === 'sent', 'sent');
    expect(await see(conversationId)).toMatchObject({ unread: 1, working: null });
  });

  it('a handoff offers routes, the customer chooses one, a person assumes and answers', async () => {
    const { world, ana, ben, session, writes, post, see, visitor, team, items } = await scene();
    const { conversationId } = await writes('I want to talk to a human please');
    const offer = await visitor.until(({ event, data }) => event === 'message' && Array.isArray(data.routes), 'the routes');
    const routes = offer.data.routes as { id: string; label: string }[];
    expect(routes.map((route) => route.label)).toEqual(['A call', 'The sales team']);
    const chosen = await api.call('POST', '/v1/chat/route', { token: session.token, body: { routeId: routes[0]!.id } });
    expect(chosen).toMatchObject({ status: 200, body: { handedOff: true } });
    expect((await see(conversationId)).handoff?.route?.label).toBe('A call');
    await team.until(({ event, data }) => event === 'notification' && data.kind === 'handoff', 'the notification');

    const assumed = await post<Conversation>(`/v1/conversations/${conversationId}/assume`, { reason: 'on it' }, ben);
    expect(assumed.body).toMatchObject({ assignee: { name: 'Ben Okafor' }, controller: { kind: 'human', id: world.operators.ben } });
    expect(assumed.body.handoff).not.toBeNull();
    const sent = await post<Message>(`/v1/conversations/${conversationId}/messages`, { text: 'This is Ben. I call you in five minutes.' }, ben);
    expect(sent.status).toBe(201);
    await visitor.until(({ data }) => data.text === 'This is Ben. I call you in five minutes.', 'the answer of a person');
    expect((await see(conversationId)).handoff).not.toBeNull();

    const resumed = await post<Conversation>(`/v1/conversations/${conversationId}/resume`, {}, ana);
    expect(resumed.body).toMatchObject({ handoff: null, controller: { kind: 'agent' }, assignee: { name: 'Ben Okafor' } });
    await writes('How long does delivery take?');
    await visitor.until(({ data }) => /working days/.test(String(data.text)), 'the agent again');
    const all = await items(conversationId);
    expect(all.filter((item) => item.code === 'handed_off')).toHaveLength(1);
    expect(all.map((item) => item.seq)).toEqual(all.map((_, index) => index + 1));
  });

  it('a person cannot write over an agent in control, unless assuming in the same act', async () => {
    const { world, writes, post, see } = await scene();
    const { conversationId } = await writes('When are you open on Saturday?');
    const refused = await post<{ code: string; current: Conversation }>(`/v1/conversations/${conversationId}/messages`, { text: 'Hello' });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'agent_in_control', current: { id: conversationId } });
    const sent = await post<Message>(`/v1/conversations/${conversationId}/messages`, { text: 'Hello', assume: true });
    expect(sent).toMatchObject({ status: 201, body: { author: { kind: 'operator', name: 'Ana Duarte' } } });
    expect((await see(conversationId)).controller).toEqual({ kind: 'human', id: world.operators.ana });
  });

  it('tells a person that something newer came, and sends nothing', async () => {
    const { writes, post, visitorSees } = await scene({ replyMode: 'off' });
    const first = await writes('First');
    await writes('Second');
    const refused = await post<{ code: string }>(`/v1/conversations/${first.conversationId}/messages`, { text: 'Answer', expectedLastInboundSeq: 1 });
    expect(refused).toMatchObject({ status: 409, body: { code: 'newer_message' } });
    expect((await visitorSees()).items.filter((item) => item.direction === 'outbound')).toEqual([]);
  });

  it('a draft is approved as edited, once, whoever is quicker', async () => {
    const { writes, post, ana, ben, see, visitor } = await scene({ replyMode: 'auto_draft' });
    const { conversationId } = await writes('How long does delivery take?');
    const draft = await until(async () => (await see(conversationId)).draft, 'a draft');
    const approve = (token: string, text: string) =>
      post<{ message: Message; draft: Draft; code?: string; current?: Draft }>(`/v1/drafts/${draft.id}/approve`, { text }, token, {
        'if-match': `"${draft.version}"`,
      });
    expect((await api.call('POST', `/v1/drafts/${draft.id}/approve`, { token: ana, body: {} })).status).toBe(428);
    const both = await Promise.all([approve(ana, 'Two days.'), approve(ben, 'Two working days.')]);
    expect(both.map((answer) => answer.status).toSorted()).toEqual([200, 409]);
    const won = both.find((answer) => answer.status === 200)!.body;
    expect(won.draft).toMatchObject({ status: 'edited', text: draft.text, finalText: won.message.text });
    expect(won.message).toMatchObject({
      aiGenerated: true,
      author: { kind: 'agent', name: 'Nova' },
      sentBy: { kind: 'operator' },
      editedBy: won.message.approvedBy,
    });
    const lost = both.find((answer) => answer.status === 409)!.body;
    expect(lost).toMatchObject({ code: 'draft_settled', current: { status: 'edited', settledBy: { kind: 'operator' } } });
    await visitor.until(isOutbound, 'the message');
    expect(visitor.heard.filter(isOutbound)).toHaveLength(1);
  });

  it('transfer to AI answers at once what is unanswered', async () => {
    const { world, writes, post, visitor, see } = await scene({ replyMode: 'off' });
    const { conversationId } = await writes('How long does delivery take?');
    await until(async () => (await see(conversationId)).requiresAction, 'requires action');
    expect((await post<{ code: string }>(`/v1/conversations/${conversationId}/transfer-to-ai`, { agentId: world.agents.nova })).body.code).toBe(
      'reply_mode_off',
    );
    await api.db.sql`update agent set reply_mode = 'auto_send' where id = ${world.agents.nova}`;
    const given = await post<Conversation>(`/v1/conversations/${conversationId}/transfer-to-ai`, { agentId: world.agents.nova, reason: 'routine' });
    expect(given.body).toMatchObject({ controller: { kind: 'agent', id: world.agents.nova }, requiresAction: false });
    const answer = await visitor.until(isOutbound, 'the answer');
    expect(answer.data.text).toMatch(/working days/);
  });

  it('notes are possible in every state and never reach the customer', async () => {
    const { world, writes, post, visitor, visitorSees, team } = await scene();
    const { conversationId } = await writes('When are you open on Saturday?');
    const note = await post<Message>(`/v1/conversations/${conversationId}/notes`, { text: 'canary: VIP, be kind', mentions: [world.operators.ben] });
    expect(note).toMatchObject({ status: 201, body: { kind: 'note', direction: 'internal' } });
    await visitor.until(isOutbound, 'the answer');
    await team.until(({ data }) => data.id === note.body.id, 'the note');
    expect(JSON.stringify(visitor.heard) + JSON.stringify(await visitorSees())).not.toMatch(/canary/);
    expect(
      (await post<{ errors: { path: string }[] }>(`/v1/conversations/${conversationId}/notes`, { text: 'x', mentions: [conversationId] })).body.errors[0]?.path,
    ).toBe('mentions');
  });

  it('unread is per operator and exact, also after a reader comes back by its last event', async () => {
    const { ana, ben, writes, post, see, team } = await scene({ replyMode: 'off' });
    const { conversationId } = await writes('One');
    const seen = await team.until(({ event }) => event === 'conversation', 'the conversation');
    await writes('Two');
    await post(`/v1/conversations/${conversationId}/read`, { seq: 100 }, ana);
    expect([(await see(conversationId, ana)).unread, (await see(conversationId, ben)).unread]).toEqual([0, 2]);
    await post(`/v1/conversations/${conversationId}/unread`, { seq: 2 }, ana);
    const late = await listenTo(`${api.url}/v1/events`, ana, seen.id);
    streams.push(late);
    await late.until(({ event, data }) => event === 'read' && data.readInboundCount === 1, 'the read mark');
    const bens = await listenTo(`${api.url}/v1/events`, ben, seen.id);
    streams.push(bens);
    await bens.until(({ event, data }) => event === 'conversation' && data.inboundCount === 2, 'the conversation');
    expect(bens.heard.some(({ event }) => event === 'read')).toBe(false);
    expect((await see(conversationId)).unread).toBe(1);
  });
});
