/** Everything that is kept of a contact, table by table, for whoever asks for it. */
import type { StoredFile } from '../files/links.ts';
import type { Sql } from './connect.ts';

/** Rows read at once: what is held in memory does not grow with what there is. */
const ROWS = 200;

/** One table's share of it: the rows of these contacts, and columns that are no data of theirs. */
interface Share {
  table: string;
  /** A condition on the table `x`. `c` are the contacts, `v` their conversations, `i` their identities. */
  of: string;
  without?: readonly string[];
}

const OF_CONVERSATION = 'x.conversation_id in (select id from v)';

/** What is exported, in this order. A test holds it against the schema. */
export const SHARES: readonly Share[] = [
  { table: 'contact', of: 'x.id in (select id from c)', without: ['fence', 'search', 'erasing'] },
  { table: 'contact_change', of: 'x.contact_id in (select id from c)' },
  { table: 'identity', of: 'x.id in (select id from i)' },
  { table: 'visitor_session', of: 'x.contact_id in (select id from c)', without: ['tokenHash'] },
  { table: 'conversation', of: 'x.id in (select id from v)', without: ['fence', 'cell', 'runOwner', 'deliverOwner', 'trace'] },
  { table: 'conversation_merge', of: '(x.from_id in (select id from v) or x.into_id in (select id from v))' },
  { table: 'conversation_tag', of: OF_CONVERSATION, without: ['cell', 'status', 'lastActivityAt', 'priorityRank', 'waiting'] },
  { table: 'message', of: `(${OF_CONVERSATION} or x.identity_id in (select id from i))`, without: ['runFence', 'trace'] },
  { table: 'note', of: OF_CONVERSATION },
  { table: 'line', of: OF_CONVERSATION, without: ['callOwner'] },
  { table: 'draft', of: OF_CONVERSATION },
  { table: 'activity', of: OF_CONVERSATION },
  { table: 'composing', of: OF_CONVERSATION },
  { table: 'translation', of: OF_CONVERSATION, without: ['owner', 'ownedUntil'] },
  { table: 'transfer', of: OF_CONVERSATION },
  { table: 'participant', of: OF_CONVERSATION },
  { table: 'playbook_stand', of: OF_CONVERSATION, without: ['plan'] },
  { table: 'routing_decision', of: OF_CONVERSATION },
  { table: 'notification', of: OF_CONVERSATION },
  { table: 'ticket', of: OF_CONVERSATION },
  {
    table: 'ticket_post',
    of: 'x.ticket_id in (select t.id from ticket t where t.workspace_id = x.workspace_id and t.conversation_id in (select id from v))',
    without: ['owner'],
  },
  {
    table: 'classifier_correction',
    of: 'x.message_id in (select m.id from message m where m.workspace_id = x.workspace_id and m.conversation_id in (select id from v))',
  },
  {
    table: 'knowledge_gap_message',
    of: 'x.message_id in (select m.id from message m where m.workspace_id = x.workspace_id and m.conversation_id in (select id from v))',
  },
  {
    table: 'media',
    of: 'x.message_id in (select m.id from message m where m.workspace_id = x.workspace_id and m.conversation_id in (select id from v))',
    without: ['owner', 'source'],
  },
  { table: 'report_handoff', of: OF_CONVERSATION },
  { table: 'report_opening', of: OF_CONVERSATION },
  { table: 'removed_tag_on', of: OF_CONVERSATION },
  { table: 'read_mark', of: OF_CONVERSATION, without: ['cell', 'caughtUp', 'status', 'lastActivityAt', 'skipped'] },
  {
    table: 'picture_sender',
    of: 'x.address in (select lower(handle) from i union select lower(email) from contact k where k.workspace_id = x.workspace_id and k.id in (select id from c))',
  },
  {
    table: 'file',
    of: `(x.identity_id in (select id from i) or x.message_id in (select m.id from message m where m.workspace_id = x.workspace_id and (m.conversation_id in (select id from v) or m.identity_id in (select id from i)))
      or x.note_id in (select n.id from note n where n.workspace_id = x.workspace_id and n.conversation_id in (select id from v)))`,
  },
];

/** A file where a message or a note keeps it: half of its link stands there, which is nobody's data. */
const isStored = (value: unknown): value is StoredFile => typeof value === 'object' && value !== null && 'key' in value && 'size' in value && 'type' in value;

/** Columns that no share has. */
const NEVER = ['workspaceId', 'version'];

/**
 * Reads everything of a contact, and of those that became it, part by part as one JSON text: `{"takenAt", "contactId", "records": {<table>: [<row>, …]}}`.
 * A row of `file` has a link that holds for some hours.
 * @param link of a file
 */
export async function* exportContact(sql: Sql, workspaceId: string, contactId: string, link: (file: StoredFile) => string): AsyncGenerator<string> {
  yield `{"takenAt":${JSON.stringify(new Date().toISOString())},"contactId":${JSON.stringify(contactId)},"records":{`;
  for (const [at, { table, of, without = [] }] of SHARES.entries()) {
    yield `${at === 0 ? '' : ','}${JSON.stringify(table)}:[`;
    let first = true;
    const rows = sql<Record<string, unknown>[]>`
      with recursive c as (
        select id from contact where workspace_id = ${workspaceId} and id = ${contactId}
        union select o.id from c join contact o on o.workspace_id = ${workspaceId} and o.merged_into = c.id),
      i as (select id, handle from identity where workspace_id = ${workspaceId} and contact_id in (select id from c)),
      v as (select id from conversation where workspace_id = ${workspaceId} and contact_id in (select id from c))
      select x.* from ${sql(table)} x where x.workspace_id = ${workspaceId} and ${sql.unsafe(of)}`;
    for await (const batch of rows.cursor(ROWS)) {
      for (const row of batch) {
        const told = Object.fromEntries(Object.entries(row).filter(([name]) => !NEVER.includes(name) && !without.includes(name)));
        if (table === 'file') {
          delete told['key'];
          told['url'] = link(row as unknown as StoredFile);
        }
        yield `${first ? '' : ','}${JSON.stringify(told, (_, value: unknown) => (isStored(value) ? { ...value, key: undefined } : value))}`;
        first = false;
      }
    }
    yield ']';
  }
  yield '}}';
}
