/** What the stories say of knowledge: which articles were used, and what none of them covers. */
import type { Assembly } from './assemble.ts';

/** Questions of the stories that no article covers, by how the messages begin that ask them; the first one names it. */
const uncovered: readonly (readonly string[])[] = [
  ['Do you sell the Kestrel in 110 volt?', 'Nigeria and then Ghana. 110 or 230', 'yes, the voltage'],
  ['We would rather lease all six', 'Hello, we are fitting out a floor'],
  ['We restore old lever machines.'],
];

interface Resting {
  because?: { articles?: readonly { id: string }[] };
}

/** Adds uses of articles, and gaps. Stories must have been told before. */
export function tellKnowledge({ cast }: Assembly): void {
  const { workspaceId, id, rows } = cast;
  const rested = [
    ...rows.of('message').map((row) => ({ at: row['createdAt'] as Date, ...(row['data'] as Resting | null) })),
    ...rows.of('draft').map((row) => ({ at: row['createdAt'] as Date, because: row['because'] as Resting['because'] })),
  ];
  for (const { at, because } of rested)
    for (const article of because?.articles ?? []) rows.add('article_use', { workspaceId, articleId: article.id, id: id(), usedAt: at });
  for (const beginnings of uncovered) {
    const asked = beginnings.flatMap((beginning) =>
      rows.of('message').filter((row) => row['direction'] === 'inbound' && (row['text'] as string).startsWith(beginning)),
    );
    const times = asked.map((row) => row['createdAt'] as Date).toSorted((one, other) => one.getTime() - other.getTime());
    if (asked.length === 0) continue;
    const gapId = id();
    rows.add('knowledge_gap', {
      workspaceId,
      id: gapId,
      question: asked[0]!['text'],
      language: 'en',
      times: asked.length,
      firstAt: times[0],
      lastAt: times.at(-1),
    });
    for (const row of asked) rows.add('knowledge_gap_message', { workspaceId, messageId: row['id'], gapId, text: row['text'], askedAt: row['createdAt'] });
  }
}
