/** A child of the search's bench: makes the messages and ends, so that whoever searches does not carry what three million messages left behind. */
import { openPool } from '../../server/db/connect.ts';
import type { Sql } from '../../server/db/connect.ts';
import { vectorOf } from '../../server/db/search-index.ts';
import { digestSlice, openSlice, SLICE_ENTRIES } from '../../server/db/search-slices.ts';
import { personEntry, textEntry } from '../../server/domain/search-words.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { EACH, nameOf, numbers, textOf } from './search-words.ts';
import { copy } from './seed-pool.ts';

const uuid = (kind: number, n: number): string => `01${kind}00000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

/** Conversations of ten messages each, the last of a year; written down as the product would, but at once. */
async function fill(sql: Sql, { workspaceId, chatAccount, agents }: World, messages: number): Promise<void> {
  const conversations = messages / EACH;
  const start = Date.now() - 365 * 86_400_000;
  const at = (n: number): string => new Date(start + (n / messages) * 365 * 86_400_000).toISOString();
  await sql`set session_replication_role = replica`;
  await sql`drop index search_entry_words`;
  const people = function* <T>(line: (n: number) => T) {
    for (let n = 0; n < conversations; n += 1) yield line(n);
  };
  await copy(
    sql,
    'contact (workspace_id, id, name, email)',
    people((n) => [workspaceId, uuid(1, n), nameOf(n), `c${n}@example.com`]),
  );
  await copy(
    sql,
    'identity (workspace_id, id, contact_id, channel, handle)',
    people((n) => [workspaceId, uuid(2, n), uuid(1, n), 'chat', `bench-${n}`]),
  );
  await copy(
    sql,
    'conversation (workspace_id, id, contact_id, account_id, identity_id, channel, status, agent_id, controller_kind, last_seq, inbound_count, last_inbound_seq, last_activity_at, last_snippet, last_message_at, last_author)',
    people((n) => [
      workspaceId,
      uuid(3, n),
      uuid(1, n),
      chatAccount,
      uuid(2, n),
      'chat',
      'open',
      agents.nova,
      'agent',
      EACH,
      EACH,
      EACH,
      at(n + conversations * (EACH - 1)),
      'Hello',
      at(n),
      `{"kind":"contact","id":"${uuid(1, n)}","name":"Customer"}`,
    ]),
  );
  const slice = (family: 'text' | 'person', from: number, to: number): Promise<number> =>
    openSlice(sql, workspaceId, family, { entries: to - from, from: new Date(at(from)), to: new Date(at(to)) });
  for (let from = 0; from < conversations; from += SLICE_ENTRIES) {
    const to = Math.min(conversations, from + SLICE_ENTRIES);
    const of = await slice('person', from, to);
    await copy(
      sql,
      'search_entry (workspace_id, id, kind, slice, at, words)',
      (function* () {
        for (let n = from; n < to; n += 1)
          yield [
            workspaceId,
            uuid(1, n),
            'contact',
            of,
            at(n),
            vectorOf(of, personEntry({ name: nameOf(n), company: null, email: `c${n}@example.com`, phone: null, handles: [] })),
          ];
      })(),
    );
  }
  for (let from = 0; from < messages; from += SLICE_ENTRIES) {
    const to = Math.min(messages, from + SLICE_ENTRIES);
    const of = await slice('text', from, to);
    // Message n is the next one of conversation n modulo their number, so that every slice has messages of very many.
    const lines = Array.from({ length: to - from }, (_, k) => ({ n: from + k, text: textOf(numbers(from + k)) }));
    await copy(
      sql,
      'message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, text, created_at)',
      lines.map(({ n, text }) => {
        const c = n % conversations;
        return [
          workspaceId,
          uuid(4, n),
          uuid(3, c),
          Math.floor(n / conversations) + 1,
          'inbound',
          'message',
          'contact',
          uuid(1, c),
          nameOf(c),
          'chat',
          chatAccount,
          uuid(2, c),
          text,
          at(n),
        ];
      }),
    );
    await copy(
      sql,
      'search_entry (workspace_id, id, kind, slice, at, words)',
      lines.map(({ n, text }) => [
        workspaceId,
        uuid(4, n),
        'message',
        of,
        at(n),
        vectorOf(of, textEntry({ text, author: nameOf(n % conversations), channel: 'chat' })),
      ]),
    );
  }
  await sql`set session_replication_role = origin`;
  await sql`set maintenance_work_mem = '512MB'`;
  await sql`create index search_entry_words on search_entry using gin (words) with (fastupdate = off)`;
  const began = performance.now();
  let full = 0;
  while (await digestSlice(sql)) full += 1;
  process.stderr.write(`the words of a full slice written down in ${((performance.now() - began) / full).toFixed(0)} ms\n`);
  await sql`vacuum analyze`;
}

const job = await new Promise<{ databaseUrl: string; messages: number }>((resolve) => process.once('message', (message) => resolve(message as never)));
const sql = openPool(job.databaseUrl, { max: 1, statementTimeout: 0 });
const world = await createWorld({ sql, signals: { publish: () => {} } as never });
await fill(sql, world, job.messages);
await sql.end();
process.send?.(world);
process.once('disconnect', () => process.exit(0));
