/** Rows to be written, by table. Columns are named as the driver names them. */
export type Row = Record<string, unknown>;

/** In the order in which they refer to one another. */
export const tables = [
  'workspace',
  'operator',
  'department',
  'department_member',
  'agent',
  'channel_account',
  'contact',
  'identity',
  'tag',
  'intent',
  'route',
  'trigger',
  'guidance_card',
  'playbook',
  'skill',
  'article',
  'routing_rule',
  'quick_reply',
  'saved_view',
  'conversation',
  'conversation_tag',
  'participant',
  'report_opening',
  'report_handoff',
  'report_delta',
  'message',
  'note',
  'line',
  'draft',
  'playbook_stand',
  'read_mark',
  'transfer',
  'activity',
  'notification',
  'article_use',
  'knowledge_gap',
  'knowledge_gap_message',
] as const;
export type Table = (typeof tables)[number];

/** Gathers what is to be written. Rows of one table have the same columns. */
export class Rows {
  readonly #byTable = new Map<Table, Row[]>();

  add<R extends Row>(table: Table, ...rows: R[]): void {
    const known = this.#byTable.get(table) ?? [];
    known.push(...rows);
    this.#byTable.set(table, known);
  }

  of(table: Table): readonly Row[] {
    return this.#byTable.get(table) ?? [];
  }
}
