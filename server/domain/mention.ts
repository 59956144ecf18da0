/**
 * Whether a text addresses an agent by name: `@Nova`, `@Old Iris` or `@old_iris`, at a word's edge, in any case. An address
 * inside a word, as in `mail@nova.example`, is none.
 */
export const mentions = (text: string, agentName: string): boolean => address(agentName).test(text.normalize('NFKC'));

/** The text without the agent's name where it only addresses the agent: what is left is what the customer says. */
export const withoutMentions = (text: string, agentName: string): string => text.normalize('NFKC').replaceAll(address(agentName), ' ').trim();

function address(agentName: string): RegExp {
  const words = agentName
    .normalize('NFKC')
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}._%+-])@${words.join('(?: +|_|)')}(?![\\p{L}\\p{N}_]|[.-][\\p{L}\\p{N}])`, 'giu');
}
