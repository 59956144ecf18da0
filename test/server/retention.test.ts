/** What is kept of customers: exported whole, erased without a trace, and gone by policy. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VisitorSession } from '../../server/contract/chat.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { AuditEntry } from '../../server/contract/history.ts';
import type { Message, MessagePage } from '../../server/contract/message.ts';
import type { Workspace } from '../../server/contract/settings.ts';
import { noteGap } from '../../server/db/gaps.ts';
import { change } from '../../server/db/change.ts';
import { beginErasing, erasing, finishErasing } from '../../server/db/erase.ts';
import { logState } from '../../server/db/events.ts';
import { SHARES } from '../../server/db/export.ts';
import { prune } from '../../server/db/prune.ts';
import { writeDownAll } from '../../server/db/search-index.ts';
import { createFiles } from '../../server/files/files.ts';
import { keepSwept, sweepFiles } from '../../server/files/sweep.ts';
import { idempotencyKey, visitorIdentity } from '../support/api.ts';
import { startFiles } from '../support/files.ts';
import type { FilesWorld } from '../support/files.ts';
import { listenTo } from '../support/stream.ts';

/** A word that nobody else writes; as bytes too, since some columns are. */
const CANARY = 'zanzibarquetzal';
const HEX = Buffer.from(CANARY).toString('hex');

let files: FilesWorld;
let ana: string;
let ben: string;

beforeAll(async () => {
  files = await startFiles();
  ({
    tokens: { ana, ben },
  } = files);
});
afterAll(() => files.stop());

const post = async <T>(path: string, body: unknown, token = ana): Promise<T> => {
  const answer = await files.api.call<T>('POST', path, { token, body, headers: { 'idempotency-key': idempotencyKey() } });
  expect([path, answer.status, answer.text]).toEqual([path, expect.toSatisfy((status: number) => status < 300), expect.any(String)]);
  return answer.body;
};
const get = async <T>(path: string): Promise<T> => (await files.api.call<T>('GET', path, { token: ana })).body;

/** Tables in which the word stands, in whatever column, and files in which it does. */
async function traces(): Promise<string[]> {
  const { sql } = files.database;
  const tables = await sql<
    { schema: string; name: string }[]
  >`select table_schema as schema, table_name as name from information_schema.tables where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE' order by 1, 2`;
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const [row] = await sql<
      { n: number }[]
    >`select count(*)::int as n from ${sql(`${schema}.${name}`)} x where x::text ilike ${`%${CANARY}%`} or x::text ilike ${`%${HEX}%`}`;
    if (row!.n > 0) found.push(name);
  }
  for (const one of await readdir(files.api.deps.config.filesDir, { recursive: true, withFileTypes: true })) {
    if (one.isFile() && (await readFile(join(one.parentPath, one.name))).includes(CANARY)) found.push(`file ${one.name}`);
  }
  return found;
}

/** A customer of whom everything that can be known is, with the word in each place. */
async function known(): Promise<{ contactId: string; conversationId: string; visitor: string }> {
  const {
    api,
    database: { sql },
    world,
  } = files;
  const { workspaceId } = world;
  const { token: visitor } = (
    await api.call<VisitorSession>('POST', '/v1/chat/sessions', {
      body: { workspace: world.slug, identityToken: await visitorIdentity({ sub: `u-${CANARY}-${newId()}`, name: CANARY, email: `${CANARY}@example.com` }) },
    })
  ).body;
  const upload = await files.sentByVisitor(visitor, Buffer.from(`${CANARY} ${newId()}`), `${CANARY}.txt`);
  await files.sentByVisitor(visitor, Buffer.from(`waits ${CANARY} ${newId()}`), 'waits.txt');
  const {
    body: { conversationId, id: messageId },
  } = (await files.write(visitor, [upload.id], { 'idempotency-key': idempotencyKey() })) as unknown as { body: { conversationId: string; id: string } };
  const conversation = await get<Conversation>(`/v1/conversations/${conversationId}`);
  const contactId = conversation.contact.id;
  await api.call('POST', '/v1/chat/messages', { token: visitor, body: { text: `What of ${CANARY}?` }, headers: { 'idempotency-key': idempotencyKey() } });
  await api.call('PATCH', `/v1/contacts/${contactId}`, { token: ana, body: { company: CANARY, phone: '+351 912 000 111', attributes: { note: CANARY } } });
  const noteFile = await files.sent(ana, Buffer.from(`note ${CANARY} ${newId()}`), 'note.txt');
  await post(`/v1/conversations/${conversationId}/notes`, { text: `About ${CANARY}`, mentions: [world.operators.ben], attachmentIds: [noteFile.id] });
  await post(`/v1/conversations/${conversationId}/tickets`, { title: `Ticket ${CANARY}`, description: CANARY, assigneeId: world.operators.ben });
  await post(`/v1/conversations/${conversationId}/timeline`, { kind: 'custom', text: CANARY, data: { item: CANARY } });
  await sql`insert into composing ${sql({ workspaceId, operatorId: world.operators.ana, conversationId, id: newId(), body: sql.json({ text: CANARY }), writtenAt: new Date() })} on conflict do nothing`;
  await sql`insert into draft ${sql({ workspaceId, id: newId(), conversationId, agentId: world.agents.nova, status: 'rejected', text: CANARY, settledAt: new Date() })}`;
  await sql`insert into translation ${sql({ workspaceId, conversationId, itemId: messageId, language: 'de', digest: 'd', text: CANARY })}`;
  await sql`insert into line ${sql({ workspaceId, id: newId(), conversationId, seq: 9_999, kind: 'skill', code: 'skill', authorKind: 'agent', authorName: 'Nova', text: CANARY, data: sql.json({ arguments: CANARY }) })}`;
  const operationId = newId();
  await sql`insert into operation ${sql({ workspaceId, id: operationId, operatorId: world.operators.ana, ids: [conversationId] })}`;
  await sql`insert into operation_row ${sql({ workspaceId, operationId, place: 1, conversationId, before: sql.json({ requiresReason: CANARY }) })}`;
  await sql`insert into unknown_payload ${sql({ workspaceId, id: newId(), accountId: world.chatAccount, reason: 'unknown', body: JSON.stringify({ from: `${CANARY}@example.com` }) })}`;
  await sql`insert into picture_sender ${sql({ workspaceId, address: `${CANARY}@example.com` })} on conflict do nothing`;
  await sql`update channel_account set last_error = ${`550 ${CANARY}@example.com`}, last_error_at = now() where workspace_id = ${workspaceId}`;
  await change(api.db, workspaceId, (unit) => noteGap(unit, { messageId, text: `Do you sell ${CANARY} lamps`, language: 'en', at: new Date() }));
  await writeDownAll(api.db.sql);
  // A slice that is full is found by its words.
  await sql`insert into search_digest (workspace_id, slice, words) select workspace_id, slice, words from search_entry where workspace_id = ${workspaceId} and words::text like ${`%${CANARY}%`}`;
  await sql`update search_slice set digested = 16 where workspace_id = ${workspaceId}`;
  return { contactId, conversationId, visitor };
}

describe('a contact', () => {
  test('is exported whole, by admins and by keys that may', async () => {
    const { contactId, conversationId } = await known();
    const { records } = await get<{ records: Record<string, Record<string, unknown>[]> }>(`/v1/contacts/${contactId}/export`);
    const told = Object.entries(records)
      .filter(([, rows]) => JSON.stringify(rows).includes(CANARY))
      .map(([table]) => table);
    expect(told).toEqual([
      'contact',
      'contact_change',
      'identity',
      'conversation',
      'message',
      'note',
      'line',
      'draft',
      'activity',
      'composing',
      'translation',
      'notification',
      'ticket',
      'knowledge_gap_message',
      'picture_sender',
      'file',
    ]);
    expect(records['conversation']!.map(({ id }) => id)).toEqual([conversationId]);
    const bytes = await Promise.all(records['file']!.map(async ({ url }) => (await files.fetched(String(url))).bytes.toString()));
    expect(bytes.map((text) => text.includes(CANARY))).toEqual([true, true, true]);
    expect(JSON.stringify(records)).not.toMatch(/tokenHash|"key":/);

    const { key } = await post<{ key: string }>('/v1/api-keys', { name: 'Exports', scopes: ['contacts:export'] });
    const { key: other } = await post<{ key: string }>('/v1/api-keys', { name: 'Reads', scopes: ['contacts:read'] });
    const statuses = await Promise.all(
      [key, other, ben, files.tokens.rita].map(async (token) => (await files.api.call('GET', `/v1/contacts/${contactId}/export`, { token })).status),
    );
    expect(statuses).toEqual([200, 403, 403, 404]);
    await post(`/v1/contacts/${contactId}/erase`, { reason: 'asked' });
  });

  test('is erased without a trace, with those that became it; screens and its own chat follow, and the log says no more than that', async () => {
    const {
      api,
      database: { sql },
      world,
    } = files;
    const { contactId, conversationId, visitor } = await known();
    const merged = await known();
    await post(`/v1/conversations/${merged.conversationId}/merge`, { intoId: conversationId, mergeContacts: true });
    const bystander = await world.writes('I stay.');
    expect((await traces()).length).toBeGreaterThan(18);
    for (const [token, status] of [
      [ben, 403],
      [files.tokens.rita, 404],
    ] as const)
      expect((await api.call('POST', `/v1/contacts/${contactId}/erase`, { token, body: { reason: 'x' } })).status).toBe(status);
    const screen = await listenTo(`${api.url}/v1/events`, ben);

    expect((await api.call('POST', `/v1/contacts/${merged.contactId}/erase`, { token: ana, body: { reason: 'Request 4711' } })).status).toBe(204);
    expect(await traces()).toEqual([]);
    const gone = await Promise.all(
      [conversationId, merged.conversationId, contactId].map((id) =>
        screen.until(({ event, data }) => event === 'gone' && data['id'] === id, `that ${id} is gone`),
      ),
    );
    expect(gone.map(({ data }) => data['kind'])).toEqual(['conversation', 'conversation', 'contact']);
    screen.close();
    expect((await api.call('GET', '/v1/chat/messages', { token: visitor })).status).toBe(401);
    for (const path of [
      `/v1/contacts/${contactId}`,
      `/v1/conversations/${conversationId}`,
      `/v1/conversations/${conversationId}/messages`,
      `/v1/contacts/${contactId}/export`,
    ])
      expect([path, (await api.call('GET', path, { token: ana })).status]).toEqual([path, 404]);
    expect((await get<{ items: unknown[] }>(`/v1/conversations?q=${CANARY}&status=any`)).items).toEqual([]);

    const { items } = await get<{ items: AuditEntry[] }>('/v1/audit-log?kind=contact');
    expect(items[0]).toMatchObject({ action: 'erased', name: '', operator: { name: 'Ana Duarte' }, changes: [{ field: 'reason', after: 'Request 4711' }] });
    expect((await api.call('GET', `/v1/conversations/${bystander.conversationId}`, { token: ana })).status).toBe(200);
    const [pool] = await sql<{ n: number }[]>`select count(*)::int as n from conversation where workspace_id = ${world.workspaceId}`;
    expect((await get<{ items: unknown[] }>('/v1/conversations?status=open')).items.length).toBe(pool!.n);
  });

  test('is gone on with where whoever erased it ended on the way', async () => {
    const { api, world } = files;
    const { contactId } = await known();
    await change(api.db, world.workspaceId, (unit) =>
      beginErasing(unit, contactId, { kind: 'operator', id: world.operators.ana, name: 'Ana Duarte' }, 'asked'),
    );
    expect(await erasing(api.db)).toEqual([{ workspaceId: world.workspaceId, contactId }]);
    await Promise.all([finishErasing(api.db, world.workspaceId, contactId), finishErasing(api.db, world.workspaceId, contactId)]);
    await sweepFiles(api.db.sql, createFiles(api.deps.config, 'https://inbox.example').store);
    expect(await erasing(api.db)).toEqual([]);
    expect(await traces()).toEqual([]);
    keepSwept(api.db, createFiles(api.deps.config, 'https://inbox.example').store, api.deps.log)();
  });

  test('is known in every table that names a conversation or a contact', async () => {
    // Whoever adds one says here whether it is exported. Erased it is by its foreign keys, or in `remove` and `erase`: the canary above tells.
    const tables = await files.database.sql<
      { name: string }[]
    >`select distinct table_name as name from information_schema.columns where table_schema = 'public' and column_name in ('conversation_id', 'contact_id', 'message_id', 'note_id', 'ticket_id', 'identity_id') order by 1`;
    const rest = tables.map(({ name }) => name).filter((name) => SHARES.every(({ table }) => table !== name));
    expect(rest).toEqual(['event', 'operation_row', 'viewing']);
  });
});

describe('a policy', () => {
  const setPolicy = async (retention: object): Promise<Workspace> => {
    const { version } = await get<Workspace>('/v1/workspace');
    return (await files.api.call<Workspace>('PATCH', '/v1/workspace', { token: ana, body: { retention }, headers: { 'if-match': `"${version}"` } })).body;
  };

  test('takes what is older, and nothing else; what it took is in the log', async () => {
    const {
      api,
      database: { sql },
      world,
    } = files;
    expect((await get<Workspace>('/v1/workspace')).retention).toEqual({ conversationsDays: null, filesDays: null, eventsDays: 1, auditDays: null });
    const old = await known();
    const aged = async (id: string, days: number, status: string) =>
      sql`update conversation set status = ${status}, last_activity_at = now() - make_interval(days => ${days}) where id = ${id}`;
    const [closed, ticketed, open, recent] = [
      await world.writes('closed'),
      await world.writes('ticketed'),
      await world.writes('open'),
      await world.writes('recent'),
    ];
    await post(`/v1/conversations/${ticketed.conversationId}/tickets`, { title: 'Not solved' });
    for (const one of [closed, ticketed]) await aged(one.conversationId, 31, 'closed');
    await aged(open.conversationId, 400, 'open');
    await aged(recent.conversationId, 29, 'archived');
    await sql`update file set created_at = now() - interval '8 days' where message_id is not null or note_id is not null`;
    await sql`insert into audit_entry ${sql({ workspaceId: world.workspaceId, id: newId(), kind: 'workspace', subjectId: world.workspaceId, name: 'Morrow', action: 'changed', createdAt: new Date(Date.now() - 400 * 86_400_000) })}`;
    await prune(api.db);
    expect((await sql`select from conversation where id = ${closed.conversationId}`).length).toBe(1);

    expect((await setPolicy({ conversationsDays: 30, filesDays: 7, eventsDays: 3, auditDays: 365 })).retention).toMatchObject({ conversationsDays: 30 });
    const [version] = await sql<{ n: number }[]>`select count(*)::int as n from audit_entry where version is not null`;
    await sql`insert into event (workspace_id, kind, audience, created_at) values (${world.workspaceId}, 'settings', 'team', now() - interval '2 days'), (${world.workspaceId}, 'settings', 'team', now() - interval '4 days')`;
    const { pruned } = await logState(sql);
    await prune(api.db);
    await sweepFiles(api.db.sql, createFiles(api.deps.config, 'https://inbox.example').store);
    const left = await sql<
      { id: string }[]
    >`select id from conversation where id = any(${[closed, ticketed, open, recent].map(({ conversationId }) => conversationId)}::uuid[])`;
    expect(left.map(({ id }) => id).toSorted()).toEqual([ticketed, open, recent].map(({ conversationId }) => conversationId).toSorted());
    const { items } = await get<MessagePage>(`/v1/conversations/${old.conversationId}/messages`);
    expect(items.flatMap((item: Message) => item.attachments)).toEqual([]);
    expect(items.flatMap((item: Message) => item.pendingFiles ?? [])).toEqual([
      { id: expect.any(String), name: `${CANARY}.txt`, type: expect.any(String), error: 'Files are kept for 7 days.', again: false },
    ]);
    expect((await traces()).filter((one) => one.startsWith('file '))).toHaveLength(1);
    expect((await sql`select from event where workspace_id = ${world.workspaceId} and created_at < now() - interval '1 day'`).length).toBe(1);
    expect((await logState(sql)).pruned).not.toEqual(pruned);
    expect((await sql`select from audit_entry where created_at < now() - interval '365 days'`).length).toBe(0);
    expect((await sql<{ n: number }[]>`select count(*)::int as n from audit_entry where version is not null`)[0]).toEqual(version);
    const log = (await get<{ items: AuditEntry[] }>('/v1/audit-log?kind=retention')).items;
    expect(log.map(({ action, changes }) => [action, Object.fromEntries(changes.map(({ field, after }) => [field, after]))])).toEqual([
      ['pruned', { conversations: 1, files: expect.any(Number), auditEntries: 1 }],
    ]);
  });
});
