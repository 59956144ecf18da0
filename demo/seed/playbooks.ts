import type { PlaybookInput } from '../../server/contract/playbook.ts';
import type { z } from 'zod';
import type { AgentKey, RouteKey } from './cast.ts';

type Input = z.output<typeof PlaybookInput>;
interface PlaybookSetting extends Pick<Input, 'name' | 'goal' | 'begins' | 'slots' | 'onGoal'> {
  agent: AgentKey;
  steps: Pick<Input['steps'][number], 'text' | 'condition' | 'slots'>[];
  exits: (Pick<Input['exits'][number], 'condition' | 'keywords' | 'does'> & { route?: RouteKey })[];
  routes: RouteKey[];
}

const slot = { type: 'text' as const, choices: [] as string[], required: true, asks: 2, questions: [] as { language: string; text: string }[] };
const asked = (en: string, pt: string, es: string, de: string, ar: string) =>
  Object.entries({ en, pt, es, de, ar }).map(([language, text]) => ({ language, text }));

/** What agents of the demo follow. */
export const playbooks: readonly PlaybookSetting[] = [
  {
    name: 'Reserve and collect',
    agent: 'nova',
    goal: 'The customer has a machine on hold at a depot.',
    onGoal: 'hand_off',
    routes: ['sales', 'call'],
    begins: { intents: [], keywords: ['reserve', 'reservieren', 'reservar', 'put on hold'] },
    steps: [
      { text: 'Find out which colour, and how many machines', condition: '', slots: ['colour', 'machines'] },
      { text: 'Agree on a depot and a day', condition: '', slots: ['depot', 'day'] },
      { text: 'Ask for a number to send the code for collection to', condition: '', slots: ['phone'] },
    ],
    slots: [
      {
        ...slot,
        name: 'colour',
        type: 'choice',
        choices: ['black', 'sand', 'sage'],
        questions: asked(
          'Which colour would you like: black, sand or sage?',
          'Que cor prefere: preto (black), areia (sand) ou salva (sage)?',
          '¿Qué color prefiere: negro (black), arena (sand) o salvia (sage)?',
          'Welche Farbe hätten Sie gern: Schwarz (black), Sand (sand) oder Salbei (sage)?',
          'أي لون تفضّل: الأسود (black) أم الرملي (sand) أم الأخضر (sage)؟',
        ),
      },
      {
        ...slot,
        name: 'machines',
        type: 'number',
        questions: asked(
          'How many machines shall we hold for you?',
          'Quantas máquinas guardamos para si?',
          '¿Cuántas máquinas le guardamos?',
          'Wie viele Maschinen sollen wir zurücklegen?',
          'كم آلة نحجز لك؟',
        ),
      },
      {
        ...slot,
        name: 'depot',
        type: 'choice',
        choices: ['Utrecht', 'Porto', 'Leeds'],
        questions: asked(
          'Where will you collect it: Utrecht, Porto or Leeds?',
          'Onde a vai levantar: Utrecht, Porto ou Leeds?',
          '¿Dónde la recogerá: Utrecht, Porto o Leeds?',
          'Wo holen Sie sie ab: Utrecht, Porto oder Leeds?',
          'من أين ستستلمها: Utrecht أم Porto أم Leeds؟',
        ),
      },
      {
        ...slot,
        name: 'day',
        type: 'date',
        questions: asked('On which day will you come?', 'Em que dia vem?', '¿Qué día vendrá?', 'An welchem Tag kommen Sie?', 'في أي يوم ستأتي؟'),
      },
      {
        ...slot,
        name: 'phone',
        type: 'phone',
        required: false,
        asks: 1,
        questions: asked(
          'Which number shall we send the code to?',
          'Para que número enviamos o código?',
          '¿A qué número enviamos el código?',
          'An welche Nummer sollen wir den Code schicken?',
          'إلى أي رقم نرسل الرمز؟',
        ),
      },
    ],
    exits: [
      { condition: 'machines more than 2', keywords: [], does: 'hand_off', route: 'sales' },
      { condition: 'Asks for a discount twice', keywords: [], does: 'hand_off', route: 'call' },
    ],
  },
  {
    name: 'Office quote',
    agent: 'sol',
    goal: 'The customer has a quote that fits its offices.',
    onGoal: 'hand_off',
    routes: ['meeting', 'sales'],
    begins: { intents: [], keywords: [] },
    steps: ['Count the people and the floors', 'Ask for water lines', 'Choose the machines', 'Send the quote', 'Agree on the week of delivery'].map(
      (text, at) => ({ text, condition: '', slots: [['people', 'floors'], ['water_lines'], [], [], []][at]! }),
    ),
    slots: [
      { ...slot, name: 'people', type: 'number' },
      { ...slot, name: 'floors', type: 'number' },
      { ...slot, name: 'water_lines' },
    ],
    exits: [],
  },
  {
    name: 'Return a machine',
    agent: 'vega',
    goal: 'The label is with the customer and the courier is booked.',
    onGoal: 'hand_off',
    routes: ['call'],
    begins: { intents: [], keywords: [] },
    steps: ['Find the order', 'Ask what is wrong', 'Send the label'].map((text, at) => ({ text, condition: '', slots: [['order'], ['fault'], []][at]! })),
    slots: [
      { ...slot, name: 'order', type: 'number' },
      { ...slot, name: 'fault' },
    ],
    exits: [],
  },
];
