import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { change } from '../../server/db/change.ts';
import type { Db } from '../../server/db/change.ts';
import { holdConversation } from '../../server/db/conversation.ts';
import { holdWithSpeakers } from '../../server/db/speakers.ts';
import { openSignals } from '../../server/db/signals.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { until } from '../support/pipeline.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let db: Db;
let world: World;
beforeAll(async () => {
  database = await createTestDatabase();
  db = { sql: database.sql, signals: await openSignals(database.sql) };
  world = await createWorld(db);
});
afterAll(async () => {
  await db.signals.close();
  await database.close();
});

const somebodyWaits = () =>
  until(
    async () => (await db.sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`).length,
    'somebody to wait for a lock',
  );

describe('the order of locks', () => {
  it.each(['agent', 'channel_account', 'contact'])('takes the conversation after its %s', async (table) => {
    const { conversationId } = await world.writes('Hello');
    const ids = {
      agent: world.agents.nova,
      channel_account: world.chatAccount,
      contact: (await db.sql`select contact_id from conversation where id = ${conversationId}`)[0]!.contactId as string,
    };
    let waiting: Promise<unknown> = Promise.resolve();
    await db.sql.begin(async (sql) => {
      await sql`select 1 from ${sql(table)} where id = ${ids[table as 'agent']} for no key update`;
      waiting = change(db, world.workspaceId, async (unit) => (await holdWithSpeakers(unit, conversationId)) !== null);
      await somebodyWaits();
      // Were it the other way round, this would fail at once.
      const free = await sql`select 1 from conversation where id = ${conversationId} for no key update nowait`;
      expect(free).toHaveLength(1);
    });
    expect(await waiting).toBe(true);
  });

  it('runs a change again that a deadlock undid', async () => {
    const [one, two] = [await world.writes('One'), await world.writes('Two')];
    let arrived = 0;
    const both = async (): Promise<void> => {
      arrived += 1;
      await until(async () => arrived >= 2, 'both to hold one');
    };
    const cross = (first: string, second: string) =>
      change(db, world.workspaceId, async (unit) => {
        await holdConversation(unit, first);
        await both();
        return (await holdConversation(unit, second)) !== null;
      });
    expect(await Promise.all([cross(one.conversationId, two.conversationId), cross(two.conversationId, one.conversationId)])).toEqual([true, true]);
    expect(arrived).toBe(3);
  });
});
