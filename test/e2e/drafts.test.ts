/** What an agent stages for approval: approved, edited, rejected, brought back, overtaken; by mail, through the real webhook. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Draft } from '../../server/contract/draft.ts';
import type { Message } from '../../server/contract/message.ts';
import { demoClient } from '../support/demo-client.ts';
import type { Ask, DemoClient } from '../support/demo-client.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { DRAFT, missing } from '../support/contract-shapes.ts';
import { until } from '../support/pipeline.ts';

let running: RunningDemo;
let demo: DemoClient;
let customers = 0;

beforeAll(async () => {
  running = await startDemo({ pages: false });
  demo = demoClient(running.url);
  await demo.tune('Sol', { burstWaitMs: 0 });
});
afterAll(() => running?.stop());

interface Case {
  from: string;
  conversation: Conversation;
  draft: Draft;
}

/** A new customer writes, and Sol has drafted an answer. */
async function drafted(text = 'How long does delivery take?'): Promise<Case> {
  const from = `customer${(customers += 1)}@drafts.example`;
  expect(await demo.play({ channel: 'email', from, name: `Customer ${customers}`, subject: 'A question', text })).toBe(200);
  const conversation = await until(async () => {
    const found = await demo.find(from);
    return found?.draft ? found : null;
  }, 'a draft');
  return { from, conversation, draft: conversation.draft! };
}
type Settled = Partial<Omit<Draft, 'text'>> & { current: Draft; message: Message; draft: Draft };
const settle = (draft: Draft, how: 'approve' | 'reject' | 'restore', body: unknown = {}, as: Ask['as'] = 'ana', version: number | null = draft.version) =>
  demo.ask<Settled>('POST', `/v1/drafts/${draft.id}/${how}`, { as, body, headers: version === null ? {} : { 'if-match': `"${version}"` } });
const draftNow = (draft: Draft) => demo.get<Draft>(`/v1/drafts/${draft.id}`);
const sentTo = async (to: string) =>
  (await demo.ask<{ items: { to: string; text: string; subject: string }[] }>('GET', '/demo/outbox?channel=email')).body.items.filter((item) => item.to === to);

describe('a draft', () => {
  test('waits in the conversation and in the queue, says what it rests on, and sends nothing', async () => {
    const { from, conversation, draft } = await drafted();
    expect(missing(DRAFT, draft)).toEqual([]);
    expect(draft).toMatchObject({
      status: 'pending',
      inReplyToSeq: 1,
      version: 1,
      text: expect.stringContaining('two working days'),
      because: { articles: [{ title: 'Delivery time' }] },
    });
    expect(conversation.may).toEqual({
      agentReply: { allowed: true, reason: 'drafts_for_approval' },
      operatorSend: { allowed: true, reason: expect.any(String) },
    });
    const queue = await demo.get<{ items: Draft[] }>('/v1/drafts?status=pending&limit=100');
    expect(queue.items.at(-1)?.id).toBe(draft.id);
    expect(queue.items.map((item) => item.createdAt)).toEqual(queue.items.map((item) => item.createdAt).toSorted());
    expect(await sentTo(from)).toEqual([]);
  });

  test('is approved with its version only, once, and goes out under the agent’s name as the person’s act', async () => {
    const { from, conversation, draft } = await drafted();
    expect((await settle(draft, 'approve', {}, 'ana', null)).status).toBe(428);
    expect(await settle(draft, 'approve', {}, 'ana', 99)).toMatchObject({ status: 409, code: 'stale_version', body: { current: { status: 'pending' } } });
    expect((await settle(draft, 'approve', {}, 'rita')).status).toBe(404);
    const answers = await Promise.all([settle(draft, 'approve'), settle(draft, 'approve', { text: 'Ben’s words' }, 'ben')]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409]);
    expect(answers.find((answer) => answer.status === 409)).toMatchObject({ code: 'draft_settled', body: { current: { id: draft.id } } });
    const { message, draft: after } = answers.find((answer) => answer.status === 200)!.body;
    expect(message).toMatchObject({
      author: { kind: 'agent', name: 'Sol' },
      sentBy: { kind: 'operator' },
      aiGenerated: true,
      draftId: draft.id,
      approvedBy: expect.any(String),
    });
    expect(after).toMatchObject({ settledBy: { kind: 'operator' }, settledAt: expect.any(String) });
    await until(async () => (await sentTo(from)).length > 0, 'the mail');
    await until(async () => (await demo.messages(conversation.id)).some((item) => item.delivery?.status === 'sent'), 'the word of the provider');
    expect((await sentTo(from)).map((mail) => mail.text)).toEqual([message.text]);
  });

  test('is edited: the customer gets the edit, the original is kept', async () => {
    const { from, draft } = await drafted();
    const { body } = await settle(draft, 'approve', { text: 'Two working days, in short.' });
    expect(body.draft).toMatchObject({ status: 'edited', text: draft.text, finalText: 'Two working days, in short.' });
    expect(body.message).toMatchObject({ text: 'Two working days, in short.', editedBy: body.message.approvedBy });
    expect((await until(async () => (await sentTo(from))[0], 'the mail')).text).toBe('Two working days, in short.');
  });

  test('is rejected with a reason, a person has to act, and it comes back until something newer came', async () => {
    const { from, conversation, draft } = await drafted();
    expect((await settle(draft, 'reject', { reason: 'Wrong tone' })).body).toMatchObject({ status: 'rejected', reason: 'Wrong tone' });
    expect(await demo.conversation(conversation.id)).toMatchObject({ draft: null, requiresAction: true });
    expect((await settle(draft, 'approve', {}, 'ana', draft.version + 1)).code).toBe('draft_settled');
    expect((await settle(draft, 'restore')).body).toMatchObject({ status: 'pending', version: draft.version + 2 });
    expect((await demo.conversation(conversation.id)).draft?.id).toBe(draft.id);
    await settle(await draftNow(draft), 'reject');
    await demo.play({ channel: 'email', from, subject: 'Re: A question', text: 'Never mind, are you open on Saturday?' });
    await until(async () => (await demo.conversation(conversation.id)).draft, 'the next draft');
    expect(await settle(draft, 'restore')).toMatchObject({ status: 409, code: 'draft_superseded' });
  });

  test('is overtaken by what the customer writes next; the new one answers both', async () => {
    const { from, conversation, draft } = await drafted();
    await demo.play({ channel: 'email', from, subject: 'Re: A question', text: 'And how do I return a grinder?' });
    const next = await until(async () => (await demo.conversation(conversation.id)).draft, 'the next draft');
    expect(await settle(draft, 'approve')).toMatchObject({ status: 409, code: 'draft_superseded', body: { current: { status: 'superseded' } } });
    expect(next.id).not.toBe(draft.id);
    expect(next.text).toMatch(/two working days/);
    expect(next.text).toMatch(/30 days/);
    expect(await sentTo(from)).toEqual([]);
  });

  test('is overtaken by what a person writes', async () => {
    const { conversation, draft } = await drafted();
    expect((await demo.act(conversation.id, 'messages', { text: 'x', draftId: conversation.id })).code).toBe('invalid');
    const sent = await demo.act(conversation.id, 'messages', {
      text: `I write myself: ${draft.text}`,
      draftId: draft.id,
      expectedLastInboundSeq: conversation.lastInboundSeq,
    });
    expect(sent).toMatchObject({ status: 201, body: { draftId: draft.id, aiGenerated: false, author: { kind: 'operator' } } });
    expect((await draftNow(draft)).status).toBe('superseded');
  });

  test('stays for the person who takes the conversation', async () => {
    const { conversation, draft } = await drafted();
    expect((await demo.act(conversation.id, 'assume', { reason: 'I know her' })).body.draft?.id).toBe(draft.id);
    expect((await settle(draft, 'approve', { text: 'Mine now' })).status).toBe(200);
  });

  test('has one end, whoever is first: approved, rejected, or overtaken', async () => {
    const cases = await Promise.all(Array.from({ length: 4 }, () => drafted()));
    await Promise.all(
      cases.map(async ({ from, draft, conversation }) => {
        const [approved, rejected] = await Promise.all([
          settle(draft, 'approve'),
          settle(draft, 'reject', {}, 'ben'),
          demo.play({ channel: 'email', from, subject: 'Re: A question', text: 'Wait' }),
        ]);
        const { status } = await draftNow(draft);
        expect([approved.status, rejected.status]).toEqual([status === 'approved' ? 200 : 409, status === 'rejected' ? 200 : 409]);
        expect((await demo.messages(conversation.id)).filter((item) => item.direction === 'outbound' && item.draftId === draft.id)).toHaveLength(
          status === 'approved' ? 1 : 0,
        );
      }),
    );
  });
});
