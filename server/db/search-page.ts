/** One page of a search of the pool while it is made: contacts who are meant first, then what was written, newest first, then names a letter away. */
import type postgres from 'postgres';
import { holds, isEmpty, mayBeMistyped, meansPeople, parseSearch, personTemplate, SLICE, textTemplate } from '../domain/search.ts';
import type { SearchQuery } from '../domain/search.ts';
import type { Sql, Transaction } from './connect.ts';
import { conditions, readCount } from './pool-filter.ts';
import type { Filter } from './pool-filter.ts';
import { walk } from './search-hits.ts';
import type { Hit, Spot, Wanted } from './search-hits.ts';

type Fragment = postgres.Fragment;

/** How far one of the three lists has come: its top, behind an entry (of a contact, behind one of its conversations), or its end. */
type Way = 'top' | 'end' | { slice: number; at: string; id: string; conversationId?: string | undefined };
export interface SearchPlace {
  people: Way;
  texts: Way;
  mistyped: Way;
}

export interface SearchFound {
  conversationId: string;
  /** How many inbound messages the operator has read. */
  read: number;
  hit: Hit;
  mistyped: boolean;
}

/** Entries of one step beyond those that the page wants, and the most of them in a page: filters may leave out many. */
const MORE = 14;
/** Where texts tell more than their words, few of what the index finds are wanted: so many times as much is asked of it at once. It is read a part at a time. */
const OF_TEXTS = 4;
const MOST_HITS = 2_000;
/** Of one contact the newest conversations are found by its name. */
const PER_CONTACT = 50;

/** One page of a search while it is made. */
export class Search {
  readonly query: SearchQuery;
  readonly found: SearchFound[] = [];
  private readonly seen = new Set<string>();
  private readonly textTemplate: string;
  private readonly people: string | null;
  /** No contact is found by the words, whatever the filter. */
  private nobody = false;
  /** All that texts find is on this page: they were read from the first to the last. */
  private wholeTexts = false;

  constructor(
    readonly sql: Sql | Transaction,
    readonly workspaceId: string,
    readonly operatorId: string,
    readonly filter: Filter,
    q: string,
    readonly limit: number,
    readonly signal: AbortSignal | undefined,
  ) {
    this.query = parseSearch(q);
    this.textTemplate = textTemplate(this.query);
    this.people = meansPeople(this.query) ? personTemplate(this.query, false) : null;
  }

  async page(place: SearchPlace | null): Promise<SearchPlace | null> {
    if (isEmpty(this.query)) return null;
    const at: SearchPlace = place ?? { people: this.people ? 'top' : 'end', texts: 'top', mistyped: this.people && mayBeMistyped(this.query) ? 'top' : 'end' };
    // Both get their share of a page, so that a common name does not hide what was written, nor the other way round.
    at.people = await this.persons(this.people ?? '', at.people, at.texts === 'end' ? this.limit : Math.ceil(this.limit / 2), false);
    if (this.found.length > 0) at.mistyped = 'end';
    const fromTop = at.texts === 'top';
    at.texts = await this.texts(at.texts);
    this.wholeTexts = fromTop && at.texts === 'end';
    if (at.people === 'end' && at.texts === 'end') at.mistyped = await this.persons(personTemplate(this.query, true), at.mistyped, this.limit, true);
    return at.people === 'end' && at.texts === 'end' && at.mistyped === 'end' ? null : at;
  }

  private get wanted() {
    const { sql, workspaceId, operatorId, filter, query } = this;
    const channel = query.channel && !filter.channel ? { channel: query.channel } : {};
    const tags = query.tags.map(
      (tag) => sql`and exists (select from conversation_tag x join tag t on t.workspace_id = x.workspace_id and t.id = x.tag_id
      where x.workspace_id = c.workspace_id and x.conversation_id = c.id and lower(t.name) = lower(${tag}))`,
    );
    return (ofTexts: boolean) =>
      sql`${conditions(sql, workspaceId, operatorId, ofTexts ? filter : { ...filter, ...channel })} ${tags.reduce((all, one) => sql`${all} ${one}`, sql``)}`;
  }

  private add(conversationId: string, read: number, hit: Hit, mistyped: boolean): void {
    this.seen.add(conversationId);
    this.found.push({ conversationId, read, hit, mistyped });
  }

  private async persons(template: string, way: Way, quota: number, mistyped: boolean): Promise<Way> {
    const { sql, workspaceId, operatorId } = this;
    const most = Math.min(this.limit, this.found.length + quota);
    if (way === 'end' || this.found.length >= most) return way;
    const from = way === 'top' ? null : spotOf(way);
    const wanted: Wanted = { family: 'person', template, within: personTemplate({ ...this.query, none: [] }, mistyped), before: null, after: null };
    // The contact that the last page stopped at is looked at again, for the rest of its conversations.
    const resumed = way !== 'top' && way.conversationId ? [{ ...from!, kind: 'contact' as const }] : [];
    let met = resumed.length > 0 || way !== 'top';
    for await (const { hits, next } of withFirst(resumed, from, walk(sql, workspaceId, wanted, from, this.limit + MORE, this.signal))) {
      met ||= hits.length > 0;
      if (next === null && !met && !mistyped) this.nobody = true;
      if (hits.length === 0) {
        if (next === null) return 'end';
        continue;
      }
      const rows = await sql<{ conversationId: string; contactId: string; read: number }[]>`
        select c.id as conversation_id, h.id as contact_id, ${readCount(sql, workspaceId, operatorId)} as read
        from unnest(${hits.map(({ id }) => id)}::uuid[]) with ordinality as h(id, no)
        cross join lateral (select c.id from conversation c where c.workspace_id = ${workspaceId} and c.contact_id = h.id and ${this.wanted(false)}
          and (h.id <> ${from?.id ?? null}::uuid or c.id < ${(way !== 'top' && way.conversationId) || null}::uuid) is not false order by c.id desc limit ${PER_CONTACT}) c
        order by h.no, c.id desc`;
      const known =
        mistyped && !this.wholeTexts
          ? await this.inTexts(
              rows.map((row) => row.conversationId),
              null,
            )
          : new Set<string>();
      for (const { conversationId, contactId, read } of rows) {
        if (this.seen.has(conversationId) || known.has(conversationId)) continue;
        const hit = hits.find(({ id }) => id === contactId)!;
        this.add(conversationId, read, hit, mistyped);
        if (this.found.length === most) return { slice: hit.slice, at: hit.at.toISOString(), id: hit.id, conversationId };
      }
      if (next === null) return 'end';
    }
    return 'end';
  }

  private async texts(way: Way): Promise<Way> {
    const { sql, workspaceId } = this;
    if (way === 'end' || this.found.length >= this.limit) return way;
    const from = way === 'top' ? null : spotOf(way);
    const wanted: Wanted = {
      family: 'text',
      template: this.textTemplate,
      within: textTemplate({ ...this.query, none: [] }),
      before: this.query.before,
      after: this.query.after,
    };
    let looked = 0;
    let began = from;
    const part = this.limit + MORE;
    for await (const { hits, next } of walk(
      sql,
      workspaceId,
      wanted,
      from,
      this.readsTexts ? OF_TEXTS * part : this.limit - this.found.length + MORE,
      this.signal,
    )) {
      for (let at = 0; at < hits.length; at += part) {
        const rows = await this.resolve(hits.slice(at, at + part));
        const shownBefore = from
          ? await this.inTexts(
              rows.map((row) => row.conversationId),
              from,
            )
          : new Set<string>();
        for (const { hit, conversationId, read } of rows) {
          if (shownBefore.has(conversationId)) continue;
          this.add(conversationId, read, hit, false);
          if (this.found.length === this.limit) return wayOf(hit);
        }
      }
      looked += hits.length;
      began = next;
      if (next === null) return 'end';
      if (looked >= MOST_HITS) break;
    }
    return began ? wayOf(began) : 'end';
  }

  /**
   * The conversations of entries, each by its first one, as far as the filter holds them and they are not found yet; none that its contact's
   * name finds as well. What the texts tell is asked of them before their conversations are.
   */
  private async resolve(hits: readonly Hit[]): Promise<{ hit: Hit; conversationId: string; read: number }[]> {
    const { sql, workspaceId, operatorId } = this;
    const ids = (kind: Hit['kind']): string[] => hits.filter((hit) => hit.kind === kind).map(({ id }) => id);
    const text = (words: Fragment) => (this.readsTexts ? words : sql`null`);
    const places = await sql<{ id: string; conversationId: string; text: string | null }[]>`
      select id, conversation_id, ${text(sql`concat_ws(E'\n', subject, text)`)} as text from message where workspace_id = ${workspaceId} and id = any(${ids('message')}::uuid[])
      union all select id, conversation_id, ${text(sql`text`)} from note where workspace_id = ${workspaceId} and id = any(${ids('note')}::uuid[])
      union all select id, id, ${text(sql`subject`)} from conversation where workspace_id = ${workspaceId} and id = any(${ids('subject')}::uuid[])`;
    const placeOf = new Map(places.map((place) => [place.id, place]));
    const first = new Map<string, Hit>();
    for (const hit of hits) {
      const place = placeOf.get(hit.id);
      if (!place || this.seen.has(place.conversationId) || first.has(place.conversationId) || (place.text !== null && !holds(this.query, place.text))) continue;
      first.set(place.conversationId, hit);
    }
    if (first.size === 0) return [];
    const rows = await sql<{ id: string; read: number }[]>`
      select c.id, ${readCount(sql, workspaceId, operatorId)} as read from conversation c
      where c.id = any(${[...first.keys()]}::uuid[]) and ${this.wanted(true)} ${
        this.people === null || this.nobody
          ? sql``
          : sql`and not exists (select from search_entry k
        where k.workspace_id = ${workspaceId} and k.id = c.contact_id and k.words @@ replace(${this.people}::text, ${SLICE}, k.slice || '/')::tsquery)`
      }`;
    const readOf = new Map(rows.map(({ id, read }) => [id, read]));
    return [...first].flatMap(([conversationId, hit]) => {
      const read = readOf.get(conversationId);
      return read === undefined ? [] : [{ hit, conversationId, read }];
    });
  }

  /** Whether the words alone do not tell. */
  private get readsTexts(): boolean {
    return !holds(this.query, '');
  }

  /** Which of these were found by a text before a place; before any, when null. */
  private async inTexts(ids: string[], before: Spot | null): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const { sql, workspaceId, query } = this;
    const newer = before
      ? sql`and (e.slice > ${before.slice} or (e.slice = ${before.slice} and (e.at, e.id) >= (${before.at}::timestamptz, ${before.id}::uuid)))`
      : sql``;
    const rows = await sql<{ conversationId: string; text: string | null }[]>`
      select distinct x.conversation_id, ${this.readsTexts ? sql`x.text` : sql`null`} as text from (
        select conversation_id, id, concat_ws(E'\n', subject, text) as text from message where workspace_id = ${workspaceId} and conversation_id = any(${ids}::uuid[])
        union all select conversation_id, id, text from note where workspace_id = ${workspaceId} and conversation_id = any(${ids}::uuid[])
        union all select id, id, subject from conversation where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) and subject is not null) x
      join search_entry e on e.workspace_id = ${workspaceId} and e.id = x.id
      where e.words @@ replace(${this.textTemplate}::text, ${SLICE}, e.slice || '/')::tsquery ${newer}
        and e.at < ${query.before ?? '9999-12-31'}::timestamptz and e.at >= ${query.after ?? '0001-01-01'}::timestamptz`;
    return new Set(rows.filter((row) => row.text === null || holds(query, row.text)).map((row) => row.conversationId));
  }
}

const spotOf = (way: Exclude<Way, string>): Spot => ({ slice: way.slice, at: new Date(way.at), id: way.id });
const wayOf = ({ slice, at, id }: Spot): Way => ({ slice, at: at.toISOString(), id });

async function* withFirst(hits: Hit[], next: Spot | null, rest: AsyncGenerator<{ hits: Hit[]; next: Spot | null }>) {
  if (hits.length > 0) yield { hits, next };
  yield* rest;
}
