/** Where a guidance card holds, in words: the end of the sentence that the card is. */
import type { CardScope } from '../../server/contract/settings.ts';
import type { State } from '../store/state.ts';
import { channelName } from './settings-agent-words.ts';
import type { AgentWords } from './settings-behaviour.ts';
import { listed } from '../ui/time.ts';

/** `everywhere`, or `on WhatsApp and SMS, for Nova, in Care, for the tag VIP, for customers who signed in`. */
export function scopeWords(scope: CardScope, words: AgentWords, { lists }: Pick<State, 'lists'>): string {
  const { t, tag } = words;
  const either = new Intl.ListFormat(tag, { type: 'disjunction' });
  const both = new Intl.ListFormat(tag, { type: 'conjunction' });
  const names = (ids: readonly string[], items: readonly { id: string; name: string }[] | undefined): string =>
    either.format(ids.map((id) => items?.find((one) => one.id === id)?.name ?? '…'));
  const parts = [
    scope.channels?.length ? t.cards.onChannels(both.format(scope.channels.map((channel) => channelName(words, channel)))) : '',
    scope.agentIds?.length ? t.cards.forAgents(names(scope.agentIds, lists.agents?.items)) : '',
    scope.departmentIds?.length ? t.cards.inDepartments(names(scope.departmentIds, lists.departments?.items)) : '',
    scope.tags?.length ? t.cards.forTags(either.format(scope.tags)) : '',
    scope.audience && scope.audience !== 'everyone' ? t.cards.audiences[scope.audience] : '',
  ].filter(Boolean);
  return parts.length > 0 ? listed(tag, parts) : t.cards.everywhere;
}
