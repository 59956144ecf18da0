import type { ClassifyInput } from '../../server/pipeline/classify.ts';
import type { ComposeInput } from '../../server/pipeline/compose.ts';
import type { SkillTool } from '../../server/pipeline/skill-tool.ts';

/** Something to classify: one message in a chat, unless overridden. */
export function classifyInput(text: string, over: Partial<ClassifyInput> = {}): ClassifyInput {
  return {
    agent: { id: 'agent-1', name: 'Nova', classifierOn: true, classifierInstruction: '', languages: ['en'] },
    contact: { name: 'Maria', language: null },
    channel: 'chat',
    cards: [],
    intents: [],
    history: [],
    burst: [{ text }],
    ...over,
  };
}

export const articles = [
  {
    id: 'a-delivery',
    title: 'Delivery times',
    text: 'Standard delivery takes 3 to 5 working days. Express delivery arrives the next working day if you order before 2 pm.',
    language: 'en',
  },
  {
    id: 'a-hours',
    title: 'Opening hours',
    text: 'We are open Monday to Friday from 9 to 18. On weekends we are open on Saturday from 10 to 14 and closed on Sunday.',
    language: 'en',
  },
  {
    id: 'a-returns',
    title: 'Returns',
    text: 'You can return anything within 30 days. Use the label in the parcel. The refund reaches you within 5 days.',
    language: 'en',
  },
];

/** The skill that finds all articles, whatever is asked; `queries` collects what was. */
export function searchSkill(found: readonly (typeof articles)[number][] = articles, queries: unknown[] = []): SkillTool {
  return {
    name: 'search_knowledge',
    description: 'Search the knowledge articles.',
    risk: 'low',
    effects: false,
    parameters: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'], additionalProperties: false },
    run: async (args) => {
      queries.push(args);
      return { result: { articles: found }, summary: `${found.length} articles`, articleIds: found.map((article) => article.id) };
    },
  };
}

export const handOffSkill: SkillTool = {
  name: 'hand_off',
  description: 'Hand over to a person.',
  risk: 'low',
  effects: true,
  parameters: { type: 'object', properties: { reason: { type: 'string' }, route: { type: 'string' } }, required: ['reason'], additionalProperties: false },
  run: () => Promise.reject(new Error('a handoff is never run as a skill')),
};

/** Something to reply to: one message in a chat, with the two skills that every agent has, unless overridden. */
export function composeInput(text: string, over: Partial<ComposeInput> = {}): ComposeInput {
  return {
    agent: { name: 'Nova', instructions: 'Be kind.', languages: [] },
    contact: { name: 'Maria', language: null },
    channel: 'chat',
    workspaceName: 'Demo',
    history: [],
    burst: [{ text }],
    cards: [],
    playbook: null,
    skills: [searchSkill(), handOffSkill],
    allowedHosts: ['shop.example'],
    mentioned: false,
    language: null,
    ...over,
  };
}
