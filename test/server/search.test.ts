import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation, Counts } from '../../server/contract/conversation.ts';
import type { Found } from '../../server/contract/search.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { oddTexts } from '../support/odd-texts.ts';
import type { World } from '../support/world.ts';

type Page = { items: Conversation[]; nextCursor: string | null };

let database: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

async function scene() {
  const world: World = await api.world({ replyMode: 'off' });
  const token = await operatorToken(world);
  const page = async (q: string, more = ''): Promise<Page> => {
    const answer = await api.call<Page>('GET', `/v1/conversations?q=${encodeURIComponent(q)}${more}`, { token });
    expect([q, answer.status]).toEqual([q, 200]);
    return answer.body;
  };
  const ids = async (q: string, more = ''): Promise<string[]> => (await page(q, more)).items.map(({ id }) => id);
  const says = async (text: string, name = 'Marta Oliveira', more = {}): Promise<string> =>
    (await world.writes(text, { from: { handle: crypto.randomUUID(), name, ...more } })).conversationId;
  const note = (id: string, text: string) => api.call('POST', `/v1/conversations/${id}/notes`, { token, body: { text } });
  return { world, token, page, ids, says, note };
}

describe('words', () => {
  test('are found at once in messages, in notes, in subjects and in what is known of a contact, and the list says which', async () => {
    const { token, page, says, note } = await scene();
    const message = await says('What does the descaling plan cover?', 'Céline Aubert');
    const noted = await says('Hello', 'Ingrid Solheim');
    await note(noted, 'they descale with vinegar, tell them not to');
    const subject = await says('Good morning', 'Ada Fall');
    await api.call('PATCH', `/v1/conversations/${subject}`, { token, body: { subject: 'Descaler refill' } });
    const contact = await says('Thank you', 'Rosa Descalzo');
    await says('Nothing of this', 'Kwame Mensah');
    const { items, nextCursor } = await page('descal');
    expect(nextCursor).toBeNull();
    const found = new Map(items.map(({ id, match }) => [id, match]));
    expect(found.size).toBe(4);
    expect(found.get(message)).toMatchObject({
      kind: 'message',
      author: 'Céline Aubert',
      snippet: 'What does the descaling plan cover?',
      marks: ['descal'],
      seq: 1,
      messageId: expect.any(String),
    });
    expect(found.get(noted)).toMatchObject({ kind: 'note', author: 'Ana Duarte', marks: ['descal'], messageId: expect.any(String) });
    expect(found.get(subject)).toMatchObject({ kind: 'subject', snippet: 'Descaler refill', marks: ['Descal'] });
    expect(found.get(contact)).toMatchObject({ kind: 'contact', snippet: 'Rosa Descalzo', marks: ['Descal'] });
    expect(items[0]!.id).toBe(contact);
    expect(items.at(-1)!.id).toBe(message);
    expect((await api.call<Page>('GET', '/v1/conversations?q=descal', { token: await operatorToken(await api.world()) })).body.items).toEqual([]);
  });

  test('must all be there, as beginnings, but not those that are refused; in quotes they stand in their order', async () => {
    const { ids, says } = await scene();
    const one = await says('The pump of my espresso machine leaks');
    const two = await says('My machine makes no espresso, the pump is silent');
    expect(await ids('pump espres')).toEqual([two, one]);
    expect(await ids('pump -leaks')).toEqual([two]);
    expect(await ids('"espresso machine"')).toEqual([one]);
    expect(await ids('"machine espresso"')).toEqual([]);
    expect(await ids('“espresso machine” leak')).toEqual([one]);
    expect(await ids('pump nowhere')).toEqual([]);
    expect(await ids('"pum"')).toEqual([]);
  });

  test('are found in any script, whatever their case, accents and width', async () => {
    const { ids, says } = await scene();
    const written = {
      chinese: await says('我的咖啡机漏水了，请尽快回复'),
      japanese: await says('コーヒーメーカーが動きません'),
      thai: await says('เครื่องชงกาแฟเสีย'),
      arabic: await says('أين طلبي؟ لم تصل القهوة'),
      emoji: await says('great service 👍🏽 🇵🇹'),
      accents: await says('Não há café na Ölçü à Łódź'),
      russian: await says('Ёлка пришла'),
    };
    for (const [q, id] of [
      ['咖啡机', written.chinese],
      ['漏', written.chinese],
      ['複', ''],
      ['机漏水', written.chinese],
      ['メーカー', written.japanese],
      ['ｺｰﾋｰ', written.japanese],
      ['กาแฟ', written.thai],
      ['القهوة', written.arabic],
      ['القَهْوَة', written.arabic],
      ['اين', written.arabic],
      ['👍', written.emoji],
      ['🇵🇹', written.emoji],
      ['cafe olcu', written.accents],
      ['CAFÉ', written.accents],
      ['lodz', written.accents],
      ['ｃａｆｅ', written.accents],
      ['елка', written.russian],
    ] as const)
      expect([q, await ids(q)]).toEqual([q, id ? [id] : []]);
    expect(await ids('机咖')).toEqual([]);
    expect(await ids('水漏了')).toEqual([]);
  });

  test('of a name may be a letter wrong, and a telephone number may be written in any way', async () => {
    const { ids, says, page, world } = await scene();
    const id = await says('Hello', 'Astrid Lindgren');
    await says('Hello', 'Bo Ek');
    for (const q of ['lindgrn', 'Lindgrenn', 'Lnidgren', 'lindgran', 'astrd lindgrn']) expect([q, await ids(q)]).toEqual([q, [id]]);
    expect((await page('lindgrn')).items[0]!.match).toMatchObject({ kind: 'contact', marks: ['Lindgren'] });
    expect(await ids('lundgrin')).toEqual([]);
    await database.sql`update contact set phone = '+351 912 345 678', email = 'astrid@casa.example', company = 'Casa Nova' where workspace_id = ${world.workspaceId} and name = 'Astrid Lindgren'`;
    for (const q of ['912345678', '+351912', '912 345 678', 'astrid@casa.example', 'casa nova']) expect([q, await ids(q)]).toEqual([q, [id]]);
  });
});

describe('operators', () => {
  test('narrow by who wrote, by channel, tag and day; unknown ones are words', async () => {
    const { world, token, ids, says, note } = await scene();
    const marta = await says('The grinder is stuck', 'Marta Oliveira');
    const jo = await says('The grinder is loud, see http://help:grinder', 'Jo Park');
    await note(jo, 'grinder on its way');
    await database.sql`insert into tag ${database.sql({ workspaceId: world.workspaceId, id: crypto.randomUUID(), name: 'VIP guest' })}`;
    await api.call('PATCH', `/v1/conversations/${marta}`, { token, body: { tags: ['VIP guest'] } });
    await database.sql`update message set created_at = '2024-03-05T10:00:00Z' where workspace_id = ${world.workspaceId} and conversation_id = ${marta}`;
    await database.sql`insert into search_queue (workspace_id, kind, id) select workspace_id, 'message', id from message where conversation_id = ${marta}`;
    expect(await ids('grinder from:marta')).toEqual([marta]);
    expect(await ids('grinder from:"ana duarte"')).toEqual([jo]);
    expect(await ids('from:ana')).toEqual([jo]);
    expect(await ids('grinder channel:chat')).toHaveLength(2);
    expect(await ids('grinder channel:email')).toEqual([]);
    expect(await ids('grinder tag:"vip guest"')).toEqual([marta]);
    expect(await ids('tag:"VIP guest"')).toEqual([marta]);
    expect(await ids('grinder before:2024-03-06')).toEqual([marta]);
    expect(await ids('grinder before:2024-03-05')).toEqual([]);
    expect(await ids('grinder after:2024-03-06')).toEqual([jo]);
    expect(await ids('grinder after:2024 before:2024-04')).toEqual([marta]);
    expect(await ids('help:grinder')).toEqual([jo]);
    expect(await ids('grinder before:yesterday')).toEqual([]);
  });

  test('go together with the filters of the pool, and counts and bulk actions follow the search', async () => {
    const { token, ids, says } = await scene();
    const [open, closed] = [await says('A valve is loose'), await says('A valve is lost')];
    await api.call('PATCH', `/v1/conversations/${closed}`, { token, body: { status: 'closed' } });
    expect(await ids('valve')).toEqual([open]);
    expect(await ids('valve', '&status=any')).toEqual([closed, open]);
    expect(await ids('valve', '&status=any&channel=email')).toEqual([]);
    expect(await ids('valve', '&unread=true')).toEqual([open]);
    const counts = await api.call<Counts>('GET', '/v1/conversations/counts?q=valve&status=any', { token });
    expect(counts.body).toMatchObject({ all: { total: 2, unread: 2 }, channels: { chat: { total: 2 } } });
    const bulk = await api.call<{ results: { id: string; ok: boolean }[] }>('POST', '/v1/conversations/bulk', {
      token,
      body: { filter: { q: '"valve is loose"' }, set: { status: 'closed' } },
    });
    expect(bulk.body.results).toEqual([{ id: open, ok: true }]);
  });
});

test('pages go on where the last one ended, each conversation once, also where more is said meanwhile', async () => {
  const { says, page, world } = await scene();
  const said: string[] = [];
  for (let n = 0; n < 12; n += 1) said.push(await says(`kettle ${n}`, n % 3 === 0 ? `Ket Tle${n}` : 'Customer'));
  await world.writes('kettle again', { handle: 'same' });
  await world.writes('kettle once more', { handle: 'same' });
  for (const q of ['kettle', 'ket']) {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { items, nextCursor } = await page(q, `&limit=2${cursor}`);
      expect(items.length).toBeLessThanOrEqual(2);
      seen.push(...items.map(({ id }) => id));
      cursor = nextCursor ? `&cursor=${nextCursor}` : '';
    } while (cursor);
    expect(seen.length, q).toBe(13);
    expect(new Set(seen).size, q).toBe(13);
    expect(new Set([...seen, ...said]).size, q).toBe(13);
  }
});

test('what is deleted, renamed or moved is found as it is now', async () => {
  const { says, ids, world, token } = await scene();
  const id = await says('A samovar', 'Old Name');
  const contact = (await api.call<Conversation>('GET', `/v1/conversations/${id}`, { token })).body.contact;
  expect(await ids('samovar')).toEqual([id]);
  await api.call('PATCH', `/v1/contacts/${contact.id}`, { token, body: { name: 'Fresh Title' } });
  expect(await ids('fresh')).toEqual([id]);
  expect(await ids('old name')).toEqual([]);
  await database.sql`delete from message where workspace_id = ${world.workspaceId} and conversation_id = ${id}`;
  expect(await ids('samovar')).toEqual([]);
  expect(await database.sql`select 1 from search_entry where workspace_id = ${world.workspaceId} and words @@ 'samovar'::tsquery`).toEqual([]);
});

test('within a conversation every place is found in its order, with what is to be marked', async () => {
  const { world, token, note } = await scene();
  const { conversationId, handle } = await world.writes('Café au lait?');
  await world.writes('no', { handle });
  await note(conversationId, 'wants a CAFÉ');
  await world.writes('the cafe, and the cafeteria', { handle });
  const found = async (q: string) =>
    (await api.call<{ items: Found[] }>('GET', `/v1/conversations/${conversationId}/matches?q=${encodeURIComponent(q)}`, { token })).body.items;
  await api.call('GET', '/v1/conversations?q=cafe', { token });
  const items = await found('cafe');
  expect(items.map(({ kind, marks }) => [kind, marks])).toEqual([
    ['message', ['Café']],
    ['note', ['CAFÉ']],
    ['message', ['cafe']],
  ]);
  expect(items.map(({ seq }) => seq)).toEqual(items.map(({ seq }) => seq).toSorted((a, b) => a - b));
  expect(await found('tea')).toEqual([]);
  expect(await found('')).toEqual([]);
  expect((await api.call('GET', `/v1/conversations/${conversationId}/matches?q=cafe`, { token: await operatorToken(await api.world()) })).status).toBe(404);
});

test('no text that somebody may type is an error, and each finds what is said with it', async () => {
  const { token, says, ids } = await scene();
  const odd = [
    ...oddTexts(),
    `'`,
    `''`,
    `\\`,
    `a'b\\c`,
    `'§x':*`,
    '§',
    ':*',
    '& | ! <->',
    '"',
    '"" ""',
    'a & !b',
    'from:',
    'from:""',
    'tag:',
    'before:',
    '-',
    '--',
    '-"a b"',
    '-a',
    '*',
    '%',
    '~ab',
    '@ana',
    '#chat',
    'x'.repeat(500),
    'from:§',
    '١٢٣٤٥٦٧',
    '½',
    '\u{1f468}\u200d\u{1f469}',
    '\ufdfa',
  ];
  const id = await says(`plain words, -a and a'b\\c`);
  for (const q of odd) {
    const answer = await api.call<Page>('GET', `/v1/conversations?status=any&q=${encodeURIComponent(q.trim().slice(0, 500).toWellFormed())}`, { token });
    expect([q, answer.status]).toEqual([q, 200]);
  }
  expect(await ids('plain -words')).toEqual([]);
  expect(await ids(`a'b\\c`)).toEqual([id]);
  expect(await ids('!!!')).toEqual([]);
  expect((await api.refused('GET', '/v1/conversations?q=x&cursor=e30', { token })).code).toBe('malformed');
});
