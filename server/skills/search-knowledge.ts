import { z } from 'zod';
import type { BuiltinSkill } from './skill.ts';

const parameters = z.object({ query: z.string().min(1).max(1_000).describe('What the customer wants to know, in its own words') });

/** Every agent has it: replies rest on articles. */
export const searchKnowledge: BuiltinSkill<typeof parameters> = {
  name: 'search_knowledge',
  description: 'Search the knowledge articles. Call it before answering any question of fact; answer only from what it finds.',
  parameters,
  risk: 'low',
  effects: false,
  async run({ query }, context) {
    const articles = await context.searchArticles(query);
    const [first] = articles;
    const summary = !first ? 'no article covers this' : articles.length === 1 ? first.title : `${first.title} +${articles.length - 1}`;
    return { result: articles, summary, articleIds: articles.map((article) => article.id) };
  },
};
