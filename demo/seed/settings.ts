import { z } from 'zod';
import type { BusinessHours } from '../../server/contract/settings.ts';
import { builtinSkills } from '../../server/skills/registry.ts';
import type { WorkspaceSetting } from './assemble.ts';
import type { AgentKey, DepartmentKey, OperatorKey, RouteKey } from './cast.ts';

export const operators = {
  ana: { name: 'Ana Duarte', email: 'ana@morrow.example', role: 'admin', language: 'en' },
  ben: { name: 'Ben Okafor', email: 'ben@morrow.example', role: 'operator', language: null },
  chloe: { name: 'Chloe Marchetti', email: 'chloe@morrow.example', role: 'operator', language: null },
} satisfies WorkspaceSetting['operators'];

/** Care answers round the clock, but on these days. */
const careHours: BusinessHours = {
  timeZone: 'Europe/Amsterdam',
  week: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '24:00' })),
  holidays: [2026, 2027, 2028].flatMap((year) => [`${year}-12-25`, `${year}-12-26`]),
};

export const departments = {
  care: { name: 'Care', members: ['ana', 'ben', 'chloe'], hours: careHours },
  sales: { name: 'Sales', members: ['ana', 'ben'] },
  service: { name: 'Service', members: ['ana', 'chloe'] },
} satisfies WorkspaceSetting['departments'];

const agent = {
  active: true,
  classifierOn: true,
  classifierInstruction: 'Stay quiet on thanks and acknowledgements.',
  reservedIntents: [] as string[],
  fallbackLimit: 2,
  burstWaitMs: 1_500,
};

export const agents = {
  nova: {
    ...agent,
    name: 'Nova',
    replyMode: 'auto_send',
    languages: ['en', 'pt', 'es', 'de', 'ar'],
    instructions:
      'You help people who own or want a Morrow machine. Be short and warm. Say a number or a date only if an article or a skill gave it to you. Never promise a repair for free.',
  },
  sol: {
    ...agent,
    name: 'Sol',
    replyMode: 'auto_draft',
    languages: ['en', 'de'],
    instructions:
      'You write to companies that plan coffee for an office or a café. Answer every question in the order in which it was asked. Name prices only from the articles, and say how long they hold.',
  },
  vega: {
    ...agent,
    name: 'Vega',
    replyMode: 'controlled',
    languages: ['en', 'pt'],
    reservedIntents: ['negotiation', 'legal'],
    instructions:
      'You look after orders, visits and returns. Tell what the state is and what happens next. Money, promises and changes to an account are for people to approve.',
  },
  iris: {
    ...agent,
    name: 'Old Iris',
    replyMode: 'auto_send',
    languages: ['en'],
    active: false,
    instructions: 'Answered the chat until Nova came. Kept for its history.',
  },
} satisfies WorkspaceSetting['agents'];

const inLanguages = (...texts: [es: string, pt: string, de: string, ar: string]): { language: string; text: string }[] =>
  (['es', 'pt', 'de', 'ar'] as const).map((language, at) => ({ language, text: texts[at]! }));
export const routes: WorkspaceSetting['routes'] & Record<RouteKey, object> = {
  call: {
    label: 'A call',
    kind: 'call',
    hint: 'In about 10 min',
    department: 'care',
    labels: inLanguages('Una llamada', 'Uma chamada', 'Ein Anruf', 'مكالمة'),
    hints: inLanguages('En unos 10 min', 'Em cerca de 10 min', 'In etwa 10 Min.', 'خلال نحو 10 دقائق'),
  },
  meeting: {
    label: 'A meeting',
    kind: 'meeting',
    hint: 'Pick a time, from tomorrow 9:00',
    department: 'sales',
    labels: inLanguages('Una reunión', 'Uma reunião', 'Ein Termin', 'اجتماع'),
    hints: inLanguages(
      'Elija hora, desde mañana a las 9:00',
      'Escolha a hora, a partir de amanhã às 9:00',
      'Zeit wählen, ab morgen 9:00',
      'اختر وقتًا، ابتداءً من الغد 9:00',
    ),
  },
  sales: {
    label: 'The sales team',
    kind: 'team',
    hint: 'They write here, until 18:00',
    department: 'sales',
    labels: inLanguages('El equipo de ventas', 'A equipa de vendas', 'Der Vertrieb', 'فريق المبيعات'),
    hints: inLanguages('Escriben aquí, hasta las 18:00', 'Escrevem aqui, até às 18:00', 'Schreibt hier, bis 18:00', 'يكتبون هنا حتى 18:00'),
    fields: [
      {
        name: 'people',
        kind: 'text',
        label: 'How many people do you make coffee for?',
        labels: inLanguages(
          '¿Para cuántas personas hace café?',
          'Para quantas pessoas faz café?',
          'Für wie viele Personen kochen Sie Kaffee?',
          'لكم شخصًا تُعدّ القهوة؟',
        ),
        required: true,
      },
      { name: 'phone', kind: 'phone', label: '', required: false },
    ],
  },
};

export const tags: readonly [name: string, color: number][] = [
  ['VIP', 2],
  ['Hot Lead', 1],
  ['Needs Follow-up', 3],
  ['Refund', 5],
  ['Legal', 7],
  ['Exchange', 6],
  ['Offices', 4],
  ['Heron Duo', 6],
  ['Porto', 4],
];

/** Name, label, what it is about, and whether it wants a person's eye. */
export const intents: readonly [name: string, label: string, description: string, hot?: boolean][] = [
  ['wants_person', 'Wants a person', 'The customer asks to talk to a person.', true],
  ['complaint', 'Complaint', 'Something is wrong and the customer is unhappy about it.', true],
  ['cancellation', 'Cancellation', 'Cancel an order, a subscription or a service plan.', true],
  ['legal', 'Legal', 'A lawyer, a court, a legal claim.', true],
  ['negotiation', 'Negotiation', 'Asks for a discount or a better price.'],
  ['objection', 'Objection', 'Too expensive, not convinced, has another supplier.'],
  ['interested', 'Interested', 'Wants to buy, order or try something.'],
  ['order_status', 'Order status', 'Where is the order, the parcel, the delivery, the tracking.'],
  ['return_request', 'Return', 'Return or exchange a product, get money back.'],
  ['job_application', 'Job application', 'Applies for a job, sends a CV.'],
  ['thanks', 'Thanks', 'Only says thank you.'],
  ['question', 'Question', 'Any other question.'],
];

interface TriggerSetting {
  kind: 'asks_for_person' | 'fallback_loop' | 'keyword' | 'frustration' | 'reserved_intent' | 'tag' | 'attribute';
  config: Record<string, unknown>;
  agent?: AgentKey;
  department?: DepartmentKey;
  route?: RouteKey;
  priority?: 'urgent' | 'high';
}
export const triggers: readonly TriggerSetting[] = [
  { kind: 'asks_for_person', config: {} },
  { kind: 'keyword', config: { keywords: ['lawyer', 'legal action', 'chargeback', 'cancel my subscription'] }, priority: 'high' },
  { kind: 'frustration', config: { threshold: 0.8 }, department: 'care', priority: 'high' },
  { kind: 'reserved_intent', config: { intents: ['legal'] }, department: 'care', priority: 'high' },
  { kind: 'tag', config: { tags: ['VIP'] }, agent: 'vega', department: 'care' },
  { kind: 'attribute', config: { attribute: 'keyAccount' }, department: 'sales', route: 'sales' },
  { kind: 'fallback_loop', config: {} },
];

interface CardSetting {
  key: string;
  surface: 'classifier' | 'reply';
  title: string;
  text: string;
  agent?: AgentKey;
  channels?: string[];
  tags?: string[];
  department?: DepartmentKey;
  active?: boolean;
}
export const cards: readonly CardSetting[] = [
  { key: 'refunds', surface: 'classifier', title: 'Refunds', text: 'Always reply when someone mentions a refund.' },
  { key: 'prices', surface: 'classifier', title: 'Prices', text: 'Always reply when someone asks about a price or a quote.', agent: 'sol' },
  {
    key: 'acknowledgements',
    surface: 'classifier',
    title: 'Acknowledgements',
    text: 'Stay quiet on thanks and acknowledgements.',
    channels: ['chat', 'sms', 'whatsapp', 'instagram'],
  },
  {
    key: 'depot',
    surface: 'reply',
    title: 'Nearest depot first',
    text: 'Name the nearest depot before offering a delivery.',
    department: 'care',
    tags: ['VIP'],
  },
  {
    key: 'order',
    surface: 'reply',
    title: 'In the order asked',
    text: 'Answer the questions of a mail in the order in which they were asked.',
    agent: 'sol',
    channels: ['email'],
  },
  { key: 'spring', surface: 'reply', title: 'Spring on descaling plans', text: 'Offer the spring price on descaling plans.', active: false },
];

export const routingRules: readonly { name: string; conditions: Record<string, unknown>; department: DepartmentKey; tags?: string[]; priority?: 'high' }[] = [
  { name: 'Offices and leasing', conditions: { keywords: ['leasing', 'offices', 'quote for'] }, department: 'sales', tags: ['Hot Lead'] },
  { name: 'Repairs', conditions: { keywords: ['leak', 'broken', 'repair', 'defekt'] }, department: 'service' },
];

export const quickReplies: readonly [name: string, text: string][] = [
  ['Greeting', 'Hello, this is Morrow. How can I help?'],
  ['Ask for the serial number', 'Could you send me the serial number? It is on the plate under the drip tray and begins with two letters.'],
  ['Return label', 'I have sent you a return label by email. Bring the parcel to any parcel shop; the money is back within five working days.'],
  ['Calling you', 'I am calling you in a few minutes. The number begins with +31 85 064.'],
];

export const views: readonly { name: string; owner: OperatorKey | null; filter: Record<string, unknown> }[] = [
  { name: 'Waits for a person', owner: null, filter: { handedOff: true } },
  { name: 'Hot leads', owner: null, filter: { tag: 'Hot Lead' } },
  { name: 'My mail', owner: 'ana', filter: { assigneeId: 'me', channel: 'email' } },
];

/** The skills that are built in, as rows that a team may narrow. */
export const skills = [...builtinSkills.values()].map(({ name, description, risk, effects, parameters }) => {
  const { $schema: _, ...schema } = z.toJSONSchema(parameters, { io: 'input' });
  return { name, description, risk, effects, parameters: schema };
});

/** One of the team's own: a partner that knows where orders are. */
export const orderSkill = {
  name: 'order_status',
  description: 'Look up where an order is, by its number. Call it when the customer asks about a delivery and names the number.',
  risk: 'low',
  effects: false,
  parameters: {
    type: 'object',
    properties: { orderNumber: { type: 'string', maxLength: 40, description: 'Number of the order, such as M-20417' } },
    required: ['orderNumber'],
    additionalProperties: false,
  },
} as const;
