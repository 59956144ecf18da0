import { afterAll, describe, expect, it } from 'vitest';
import { crashAt, storm } from '../support/crash.ts';
import type { Boundary } from '../support/crash-process.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const databases: TestDatabase[] = [];
const database = async (): Promise<TestDatabase> => {
  const one = await createTestDatabase();
  databases.push(one);
  return one;
};
afterAll(() => Promise.all(databases.map((one) => one.close())));

const sent = { status: 'sent', requiresAction: false, times: 1 };
/** What the customer may or may not have got is for a person to settle. */
const doubt = (times: number) => ({ status: 'unknown', requiresAction: true, times });

describe('a process killed with SIGKILL', () => {
  it.concurrent.each<[Boundary, boolean, ReturnType<typeof doubt>[], number]>([
    ['accepted', true, [sent], 0],
    ['claimed run', true, [sent], 0],
    ['model answered', true, [sent], 0],
    ['draft written', true, [], 1],
    ['message queued', true, [sent], 0],
    ['delivery claimed', false, [doubt(0)], 0],
    ['provider called', false, [doubt(1)], 0],
    ['provider answered', true, [sent], 0],
    ['provider answered', false, [doubt(1)], 0],
    ['marked sent', true, [sent], 0],
  ])(
    'when %s (provider takes keys: %s) is made good by another within 5 s',
    async (at, idempotent, messages, drafts) => {
      const proof = await crashAt(await database(), at, idempotent);
      expect(proof).toMatchObject({ messages, drafts, slots: 0 });
      expect(proof.resumedMs).toBeLessThan(5_500);
    },
    90_000,
  );

  it('again and again loses nothing, sends nothing twice, and shows each doubt', async () => {
    const [keyed, plain] = await Promise.all([
      storm(await database(), { outbound: 50, kills: 3, idempotent: true, processes: 3 }),
      storm(await database(), { outbound: 50, kills: 3, idempotent: false, processes: 3 }),
    ]);
    expect(keyed).toMatchObject({ outbound: 50, statuses: { sent: 50 }, lost: 0, twice: 0, false: 0, stuck: 0 });
    expect(plain).toMatchObject({ outbound: 50, lost: 0, twice: 0, unseen: 0, false: 0, stuck: 0 });
  }, 180_000);
});
