/** How agents are shown and spoken of in the settings. */
import type { Channel } from '../../server/contract/common.ts';
import type { Agent } from '../../server/contract/settings.ts';
import type { State } from '../store/state.ts';
import type { AgentWords } from './settings-behaviour.ts';

export const channelName = ({ t }: AgentWords, channel: Channel): string => (channel === 'custom' ? t.custom : t.shared.channel[channel]);

/** Where an agent is the first to answer: its channels, and the departments that they belong to. */
export function answersWhere(agent: Agent, { lists }: State, words: AgentWords): string {
  const { t, tag } = words;
  const accounts = (lists.channelAccounts?.items ?? []).filter(({ agentId }) => agentId === agent.id);
  if (accounts.length === 0) return t.answersNowhere;
  const list = new Intl.ListFormat(tag, { type: 'conjunction' });
  const channels = list.format([...new Set(accounts.map(({ channel }) => channelName(words, channel)))]);
  const departments = [...new Set(accounts.flatMap(({ departmentId }) => lists.departments?.items.find(({ id }) => id === departmentId)?.name ?? []))];
  return departments.length > 0 ? t.answersFor(channels, list.format(departments)) : t.answers(channels);
}
