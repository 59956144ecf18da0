import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeMany } from '../../server/db/bulk.ts';
import type { Db } from '../../server/db/change.ts';
import type { BulkSet } from '../../server/db/operations.ts';
import { deliver } from '../../server/pipeline/deliver.ts';
import { keepBeating } from '../../server/pipeline/jobs.ts';
import { runTurn } from '../../server/pipeline/run.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { chance, createSubject, depsOf, processOn, randomFrom } from '../support/fence.ts';
import type { Subject } from '../support/fence-acts.ts';
import { installGates } from '../support/fence-gates.ts';
import { blankProof, judge, takeJob } from '../support/fence-verdict.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

/** Conversations that are answered before the change begins, while it goes on, and only after it. */
const MANY = { before: 8, during: 44, after: 8 };

let database: TestDatabase;
let worker: Db;
let people: Db;
let world: World;
let stopBeating: () => Promise<void>;

beforeAll(async () => {
  database = await createTestDatabase();
  await installGates(database.sql);
  [worker, people] = [await processOn(database), await processOn(database)];
  stopBeating = await keepBeating(worker, 'worker');
  world = await createWorld(people);
});
afterAll(async () => {
  await stopBeating();
  await Promise.all([worker.signals.close(), people.signals.close()]);
  await database.close();
});

describe('a change of many while agents answer', () => {
  it.each<[name: string, set: (world: World) => BulkSet, line: string]>([
    ['takes their conversations from them', () => ({ agentId: null }), 'agent_changed'],
    ['switches their replies off', () => ({ replyMode: 'off' }), 'mode_changed'],
    ['closes and assigns', ({ operators }) => ({ status: 'closed', assigneeId: operators.ben }), 'closed'],
  ])(
    'that %s lets none of their messages out once it has committed',
    async (name, setOf, line) => {
      const seed = Math.floor(Math.random() * 1e9);
      const random = randomFrom(seed);
      const proof = blankProof(0, seed);
      const subjects: Subject[] = [];
      for (let n = 0; n < MANY.before + MANY.during + MANY.after; n += 1)
        subjects.push(
          await createSubject({ people, world }, { number: Math.floor(random() * 1e9), channel: n % 2 === 0 ? 'chat' : 'sms', act: 'close', random }),
        );
      const answer = async ({ workspaceId, conversationId }: Subject): Promise<boolean> => {
        const deps = depsOf(worker, { random });
        if (await takeJob(worker.sql, 'run', conversationId)) await runTurn(deps, workspaceId, conversationId);
        else if (!(await takeJob(worker.sql, 'deliver', conversationId))) return false;
        await deliver(deps, workspaceId, conversationId);
        return true;
      };
      const settle = async (subject: Subject): Promise<void> => {
        for (let rounds = 0; rounds < 30 && (await answer(subject)); rounds += 1);
      };

      await Promise.all(subjects.slice(0, MANY.before).map(settle));
      const racing = subjects.slice(MANY.before, MANY.before + MANY.during).map((subject) => chance(random, 250).then(() => answer(subject)));
      const changed = await changeMany(people, world.workspaceId, subjects[0]!.ana, newId(), {
        ids: subjects.map(({ conversationId }) => conversationId),
        set: setOf(world),
      });
      expect(changed?.results.filter(({ ok }) => !ok)).toEqual([]);
      await Promise.all(racing);
      for (const subject of subjects) await settle(subject);

      for (const { workspaceId, conversationId } of subjects) {
        const [taken] = await database.sql<
          { xid: string }[]
        >`select xmin::text as xid from line where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and code = ${line}`;
        await judge(database.sql, { workspaceId, conversationId, name, takeover: taken ?? null, giveBack: null, startsNothing: false }, proof);
      }
      const { leaks, stuck, lost, twice, errors } = proof;
      expect({ seed, leaks, stuck, lost, twice, errors }).toEqual({ seed, leaks: [], stuck: [], lost: [], twice: [], errors: [] });
      expect(proof.before).toBeGreaterThanOrEqual(MANY.before);
      expect(proof.stopped).toBeGreaterThanOrEqual(MANY.after);
      expect(proof.before + proof.stopped).toBe(subjects.length);
    },
    120_000,
  );

  it('tells whoever gets them once, with how many there are', async () => {
    const told = await database.sql<{ data: { by: string; count: number }; conversationId: string | null }[]>`
      select data, conversation_id from notification where workspace_id = ${world.workspaceId} and operator_id = ${world.operators.ben} and kind = 'assignment'`;
    expect(told).toEqual([{ data: { by: 'Ana Duarte', count: MANY.before + MANY.during + MANY.after }, conversationId: null }]);
  });
});
