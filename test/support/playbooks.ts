/** A playbook with everything that one can have. */
import type { World } from './world.ts';

/** A machine that is put aside: choices, numbers and dates to ask for, exits by rule and by keyword, and a route at its end. */
export const reserve = (world: World) => ({
  name: 'Reserve and collect',
  goal: 'The customer has a machine on hold at a depot.',
  agentId: world.agents.nova,
  begins: { intents: [], keywords: ['reserve'] },
  steps: [
    { text: 'Find out which colour', slots: ['colour', 'machines'] },
    { text: 'Agree on a day', slots: ['day'] },
  ],
  slots: [
    {
      name: 'colour',
      type: 'choice',
      choices: ['black', 'white'],
      questions: [
        { language: 'en', text: 'Which colour would you like, black or white?' },
        { language: 'de', text: 'Welche Farbe hätten Sie gern?' },
      ],
    },
    { name: 'machines', type: 'number', questions: [{ language: 'en', text: 'How many machines?' }] },
    { name: 'day', type: 'date', questions: [{ language: 'en', text: 'On which day will you come?' }] },
  ],
  exits: [
    { condition: 'machines more than 2', routeId: world.routes.sales },
    { keywords: ['never mind'], does: 'end' },
  ],
  routeIds: [world.routes.call],
});
