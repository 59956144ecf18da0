/** What errors, late answers and moves between accounts leave behind: each was lost, stuck or wrongly sent once. */
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { change } from '../../server/db/change.ts';
import { claimDelivery, nextDelivery } from '../../server/db/delivery.ts';
import { sweep } from '../../server/db/processes.ts';
import { reportDelivery } from '../../server/db/reports.ts';
import { settleDelivery } from '../../server/db/settle-delivery.ts';
import type { Answer } from '../../server/db/settle-delivery.ts';
import { holdConversation } from '../../server/db/conversation.ts';
import { receiveInbound } from '../../server/db/inbound.ts';
import { insertOutbound } from '../../server/db/message.ts';
import { pauseContact, silenceAccount } from '../../server/db/silence.ts';
import { assume, transferToAi } from '../../server/db/takeovers.ts';
import { keepBeating } from '../../server/pipeline/jobs.ts';
import type { Messenger } from '../../server/pipeline/messenger.ts';
import { deliver } from '../../server/pipeline/deliver.ts';
import { runTurn } from '../../server/pipeline/run.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { scriptedModels } from '../support/fence-model.ts';
import type { ScriptedModel } from '../support/fence-model.ts';
import { takeJob } from '../support/fence-verdict.ts';
import { startProcess, until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let own: TestProcess;
let world: World;
let stopBeating: () => Promise<void>;
beforeAll(async () => {
  database = await createTestDatabase();
  own = await startProcess(database, { worker: false });
  stopBeating = await keepBeating(own.db, 'worker');
  world = await createWorld(own.db);
});
afterAll(async () => {
  await stopBeating();
  await own.stop();
  await database.close();
});

const ana = () => ({ kind: 'operator' as const, id: world.operators.ana, name: 'Ana Duarte' });
const row = async (id: string) => (await own.db.sql`select * from conversation where id = ${id}`)[0]!;
const messages = (id: string) =>
  own.db.sql<
    { text: string; deliveryStatus: string }[]
  >`select text, delivery_status from message where conversation_id = ${id} and direction = 'outbound' order by seq`;
const turn = (id: string, script: ScriptedModel = {}) => runTurn({ ...own.deps, models: scriptedModels(script) }, world.workspaceId, id);
const hand = (id: string, answers: Answer[] = []) => {
  const asked: string[] = [];
  const messenger: Messenger = {
    isIdempotent: () => true,
    async send(_workspace, message) {
      asked.push(message.text);
      return answers.shift() ?? { status: 'sent', externalId: newId() };
    },
  };
  return deliver({ ...own.deps, messenger }, world.workspaceId, id).then(() => asked);
};

/** A text account with a conversation in which the agent has an answer queued. */
async function texts(handle: string) {
  const accountId = newId();
  await own.db
    .sql`insert into channel_account ${own.db.sql({ workspaceId: world.workspaceId, id: accountId, channel: 'sms', name: 'Text', agentId: world.agents.nova })}`;
  const write = (text = 'When do you open?') => receiveInbound(own.db, { workspaceId: world.workspaceId, accountId, channel: 'sms', from: { handle }, text });
  return { accountId, write, conversationId: (await write())!.conversationId };
}

describe('an error in this very process', () => {
  it('leaves no run’s slot behind: the sweep wakes it, and it runs again', async () => {
    const { conversationId } = await world.writes('When do you open?');
    await takeJob(own.db.sql, 'run', conversationId);
    // As though the database had gone away between the claim and all that follows.
    await own.db.sql`update conversation set run_owner = ${own.db.signals.processId}, run_due_at = null, run_since = now() where id = ${conversationId}`;
    await sweep(own.db);
    expect(await takeJob(own.db.sql, 'run', conversationId)).toBe(true);
    expect(await turn(conversationId)).toBe('sent');
  });

  it('leaves no delivery’s slot behind: what it had claimed is settled', async () => {
    const { conversationId } = await texts('+1');
    await turn(conversationId);
    expect(await claimDelivery(own.db, world.workspaceId, conversationId)).toBe(true);
    expect(await nextDelivery(own.db, world.workspaceId, conversationId, { isIdempotent: () => true, enter: () => null })).toMatchObject({ kind: 'send' });
    await takeJob(own.db.sql, 'deliver', conversationId);
    await sweep(own.db);
    expect(await takeJob(own.db.sql, 'deliver', conversationId)).toBe(true);
    expect(await hand(conversationId)).toEqual(['We open at nine.']);
    expect(await messages(conversationId)).toMatchObject([{ deliveryStatus: 'sent' }]);
  });
});

describe('a person who takes the word while an agent’s run reads what it is about', () => {
  it('ends that run and nothing else: what is said of the conversation next finds a run that knows since when it goes', async () => {
    const { conversationId } = await texts('+9');
    const { sql, signals } = own.db;
    const waitsFor = (lock: string) =>
      until(async () => (await sql`select from pg_locks where not granted and (relation = to_regclass(${lock}) or locktype = ${lock})`).length > 0, lock);
    const unheld: unknown[] = [];
    const hear = (error: unknown): void => void unheld.push(error);
    process.on('unhandledRejection', hear);
    let told = 0;
    const unsubscribe = signals.subscribe(({ kind }) => (told += kind === 'abort' ? 1 : 0));
    const going = await sql.begin(async (row) => {
      const run = await sql.begin(async (reading) => {
        await reading`lock table tag in access exclusive mode`;
        const begun = turn(conversationId);
        await waitsFor('tag');
        await change(own.db, world.workspaceId, (unit) => assume(unit, conversationId, ana(), { reason: null, ifMatch: null }));
        await row`select from conversation where id = ${conversationId} for update`;
        return { begun };
      });
      await waitsFor('transactionid');
      const before = told;
      signals.publish({ kind: 'abort', workspaceId: world.workspaceId, conversationId });
      await until(async () => told > before, 'the word');
      return run;
    });
    const ended = await going.begun;
    unsubscribe();
    process.off('unhandledRejection', hear);
    expect(ended).toBe('lost');
    expect(unheld).toEqual([]);
  });
});

describe('a delivery that was put off', () => {
  it('does not wake itself again and again for what waits behind it', async () => {
    const { conversationId } = await texts('+2');
    await change(own.db, world.workspaceId, async (unit) => {
      const held = (await holdConversation(unit, conversationId))!;
      for (const text of ['One', 'Two']) await insertOutbound(held, { author: ana(), sentBy: { kind: 'operator', id: ana().id }, text, aiGenerated: false });
      await held.save();
    });
    const later = new Date(Date.now() + 60_000);
    expect(await hand(conversationId, [{ status: 'retry', error: 'not now', at: later }])).toEqual(['One']);
    const [job] = await own.db.sql<{ runAt: Date }[]>`select run_at from graphile_worker.jobs where key = ${`deliver:${conversationId}`}`;
    expect(job!.runAt.getTime()).toBeGreaterThan(later.getTime() - 1_000);
  });

  it('is recalled when the word was taken meanwhile, and people are told', async () => {
    const { conversationId } = await texts('+3');
    await turn(conversationId);
    await hand(conversationId, [
      { status: 'retry', error: 'not now', at: new Date(Date.now() - 1) },
      { status: 'retry', error: 'not now', at: new Date(Date.now() + 60_000) },
    ]);
    const { contactId } = await row(conversationId);
    await change(own.db, world.workspaceId, (unit) => pauseContact(unit, contactId as string, ana(), null));
    expect(await messages(conversationId)).toMatchObject([{ deliveryStatus: 'recalled' }]);
    expect(await turn(conversationId)).toBe('none');
    expect(await row(conversationId)).toMatchObject({ requiresAction: true, requiresReason: 'unanswered', runOwner: null });
  });

  it('loses its slot to another process and writes nothing but that it went out', async () => {
    const { conversationId } = await texts('+4');
    await turn(conversationId);
    await claimDelivery(own.db, world.workspaceId, conversationId);
    const next = await nextDelivery(own.db, world.workspaceId, conversationId, { isIdempotent: () => true, enter: () => null });
    const other = await startProcess(database, { worker: false });
    await own.db.sql`update conversation set deliver_owner = ${other.db.signals.processId} where id = ${conversationId}`;
    const id = next.kind === 'send' ? next.message.id : '';
    await settleDelivery(own.db, world.workspaceId, conversationId, id, { status: 'failed', error: 'too late' });
    expect(await messages(conversationId)).toMatchObject([{ deliveryStatus: 'sending' }]);
    await settleDelivery(own.db, world.workspaceId, conversationId, id, { status: 'sent', externalId: 'x' });
    expect(await messages(conversationId)).toMatchObject([{ deliveryStatus: 'sent' }]);
    await other.stop();
  });
});

describe('a report that overtakes the answer to what it is about', () => {
  it('is taken once the answer is there; one of a message that nobody knows is of none', async () => {
    const { accountId, conversationId } = await texts('+10');
    await turn(conversationId);
    const report = (externalId: string) => reportDelivery(own.db, world.workspaceId, accountId, { externalId, status: 'read', error: null, at: new Date() });
    expect(await report('SM-other')).toBe(false);
    let told: Promise<boolean> | undefined;
    const messenger: Messenger = {
      isIdempotent: () => true,
      async send() {
        told = report('SM-early');
        // There is no answer to find it by until it has looked, and waits.
        const looked = async () =>
          (await own.db.sql`select from pg_stat_activity where datname = current_database() and query like ${'%sending%external_id is null%'}`).length > 0;
        await Promise.race([told, until(looked, 'it to wait')]);
        return { status: 'sent', externalId: 'SM-early' };
      },
    };
    await deliver({ ...own.deps, messenger }, world.workspaceId, conversationId);
    expect(await told).toBe(true);
    expect(await messages(conversationId)).toMatchObject([{ deliveryStatus: 'read' }]);
  });
});

describe('a conversation that moved to another account', () => {
  /** The answer to a text is queued; then the customer goes on in another account's conversation, which is the same one. */
  async function moved(handle: string) {
    const { accountId, conversationId } = await texts(handle);
    await turn(conversationId);
    await own.db.sql`update conversation set account_id = ${world.chatAccount}, channel = 'chat' where id = ${conversationId}`;
    return { accountId, conversationId };
  }

  it('still sends what was queued for the first', async () => {
    const { conversationId } = await moved('+5');
    expect(await hand(conversationId)).toEqual(['We open at nine.']);
  });

  it('recalls what was queued for the first when that account is switched off', async () => {
    const { accountId, conversationId } = await moved('+6');
    await change(own.db, world.workspaceId, async (unit) => {
      await unit.sql`update channel_account set active = false where id = ${accountId}`;
      await silenceAccount(unit, accountId, ana());
    });
    expect(await hand(conversationId)).toEqual([]);
    expect(await messages(conversationId)).toMatchObject([{ deliveryStatus: 'recalled' }]);
  });

  it('does not send over an account that was switched off by its row alone', async () => {
    const { accountId, conversationId } = await moved('+7');
    await own.db.sql`update channel_account set active = false, fence = fence + 1 where id = ${accountId}`;
    expect(await hand(conversationId)).toEqual([]);
    expect(await messages(conversationId)).toMatchObject([{ deliveryStatus: 'recalled' }]);
  });
});

describe('a customer who writes faster than the model answers', () => {
  it('gets an answer to all of it: a run that started over three times goes on, and no message is passed over', async () => {
    const { conversationId, handle } = await world.writes('1');
    let written = 1;
    const interrupting: ScriptedModel = {
      async pause(what) {
        if (what === 'compose' && written < 6) await world.writes(String((written += 1)), { handle });
      },
    };
    const outcomes: unknown[] = [];
    for (let rounds = 0; rounds < 10 && (await row(conversationId)).runDueAt; rounds += 1) outcomes.push(await turn(conversationId, interrupting));
    expect(outcomes).toEqual(['restart', 'restart', 'restart', 'sent', 'restart', 'sent']);
    const { answeredId, lastInboundId, waitingSince } = await row(conversationId);
    expect({ answeredId, waitingSince }).toEqual({ answeredId: lastInboundId, waitingSince: null });
    expect(await messages(conversationId)).toHaveLength(2);
  });
});

describe('a transfer to AI', () => {
  it('answers what its predecessor’s recalled message had answered', async () => {
    const { conversationId } = await texts('+8');
    await turn(conversationId);
    await change(own.db, world.workspaceId, (unit) => transferToAi(unit, conversationId, ana(), { agentId: world.agents.sol, reason: null, ifMatch: null }));
    expect(await messages(conversationId)).toMatchObject([{ deliveryStatus: 'recalled' }]);
    expect(await turn(conversationId)).toBe('staged');
  });
});
