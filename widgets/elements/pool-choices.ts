import type { PoolFilter } from '../store/filter.ts';
import { conversationOf } from '../store/select.ts';
import type { Pool, State } from '../store/state.ts';
import { called } from './called.ts';
import type { FilterChoices } from './pool-filter.ts';
import { channelName, type PoolWords } from './pool-row.ts';
import type { SearchChoices } from './pool-search.ts';

/** What can narrow a pool, as far as it is known. @param shown ids of the conversations in the list @param pool the list itself */
export function choicesOf(
  now: State | undefined,
  extra: PoolFilter,
  shown: readonly string[],
  pool: Pool | undefined,
  asks: Pick<FilterChoices, 'words' | 'typed' | 'type' | 'change'>,
): FilterChoices {
  const { lists } = now ?? {};
  return {
    ...asks,
    extra,
    me: now?.me?.id,
    counts: now?.counts[''],
    contact: now && extra.contactId !== undefined ? contactName(now, pool?.contactId ?? extra.contactId, shown, asks.words) : undefined,
    agents: lists?.agents?.items ?? [],
    operators: lists?.operators?.items ?? [],
    departments: lists?.departments?.items ?? [],
    tags: lists?.tags?.items ?? [],
  };
}

function contactName(now: State, id: string, shown: readonly string[], words: PoolWords): string | undefined {
  const known = now.contacts[id] ?? shown.map((one) => conversationOf(now, one)?.contact).find((one) => one?.id === id);
  return known && called(known, words);
}

/** What may follow the operators of a search. */
export const searchChoicesOf = ({ words, agents, operators, tags }: FilterChoices): SearchChoices => ({
  people: [...operators, ...agents],
  tags,
  channelName: (channel) => channelName(words, channel),
});
