/** What the classifier decides without a model, and decides once more for what-if. */
import { openSignals } from '../../server/db/signals.ts';
import { groundOf, sampleOf } from '../../server/db/what-if.ts';
import { compileCards, decideByCards } from '../../server/domain/card-rules.ts';
import { inScope } from '../../server/domain/routing.ts';
import { classifyOffline } from '../../server/model/builtin/classify.ts';
import { createModels } from '../../server/model/provider.ts';
import { classifyPrompt } from '../../server/pipeline/prompt.ts';
import { replay } from '../../server/pipeline/what-if.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { createWorld } from '../support/world.ts';
import { measure, median } from './measure.ts';
import type { Measure } from './measure.ts';

const CARDS = 200;
const PROMISED_RATE = 1_000;
const PROMISED_MS = 2_000;
const SAMPLE = 200;

const THINGS =
  'invoice refund parcel espresso grinder warranty voucher password address delivery courier receipt subscription filter manual repair exchange deposit newsletter raffle'.split(
    ' ',
  );
const SHAPES: ((thing: string) => string)[] = [
  (thing) => `Always reply when someone mentions a ${thing}.`,
  (thing) => `Stay quiet when a message says "${thing} received" or "${thing} arrived".`,
  (thing) => `If anyone asks about the ${thing}, always reply. Stay quiet on thanks.`,
  () => 'Stay quiet when a customer only says that they will call.',
];
const TEXTS = [
  'When does my order arrive? I have been waiting since Monday and nobody told me anything.',
  'thanks a lot!',
  'ok I will ring you tomorrow then',
  'The grinder makes a strange noise since this morning and smells a little burnt.',
  'Danke! Und bis wann gilt der Preis?',
  'gracias, 2 o 3 días?',
  'my voucher 8841 does not work',
  'great, see you on Friday',
];

/** Cards as they come from the database: each time other objects with the same texts. */
const cardsNow = (): { id: string; title: string; text: string; scope: { channels: ['chat'] } }[] =>
  Array.from({ length: CARDS }, (_, n) => ({
    id: `card ${n}`,
    title: `Card ${n}`,
    text: SHAPES[n % SHAPES.length]!(`${THINGS[n % THINGS.length]!}${n < 40 ? '' : n}`),
    scope: { channels: ['chat'] },
  }));

/** Messages a second on one core: the scope and the rules of 200 cards, of which most do not fit. */
function ruleRate(messages: number): number {
  const here = { agentId: 'nova', channel: 'chat' as const, tags: [], departmentId: null, identified: false };
  const began = performance.now();
  let decided = 0;
  for (let n = 0; n < messages; n += 1) {
    const rules = compileCards(cardsNow().filter((card) => inScope(card.scope, here)));
    if (decideByCards(rules, [`${TEXTS[n % TEXTS.length]!} ${n}`], () => 'request')) decided += 1;
  }
  if (decided === 0 || decided === messages) throw new Error('the cards decide all or nothing');
  return messages / ((performance.now() - began) / 1_000);
}

/** The promise of the rule part, beside what is promised. */
export async function benchClassifier(): Promise<Measure[]> {
  ruleRate(2_000);
  const rates = Array.from({ length: 5 }, () => ruleRate(4_000));
  return [measure(`the rules of ${CARDS} cards, on one core`, median(rates), PROMISED_RATE, `messages/s (at least ${PROMISED_RATE})`)];
}

/** What-if over 200 messages by the built-in model: what it reads, decides twice and answers with; beside the bare model on the same messages. */
export async function benchWhatIf(database: TestDatabase): Promise<Measure[]> {
  const sql = database.openPool({ max: 4 });
  const signals = await openSignals(sql);
  const world = await createWorld({ sql, signals });
  for (let n = 0; n < SAMPLE + 40; n += 1) await world.writes(`${TEXTS[n % TEXTS.length]!} ${n}`, { handle: `visitor ${n % 60}` });
  const models = createModels();
  const cards = Array.from({ length: 20 }, (_, n) => ({
    surface: 'classifier' as const,
    title: '',
    text: SHAPES[n % SHAPES.length]!(THINGS[n]!),
    scope: {},
    active: true,
  }));
  const times: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    const began = performance.now();
    const ground = (await groundOf(sql, world.workspaceId, world.agents.nova))!;
    const messages = await sampleOf(sql, world.workspaceId, world.agents.nova, { last: SAMPLE });
    const { replayed } = await replay(
      ground,
      { cards, classifierInstruction: 'Be generous.', sample: { last: SAMPLE } },
      { configured: models, builtin: models },
      messages,
      { signal: new AbortController().signal, timeoutMs: 10_000 },
    );
    times.push(performance.now() - began);
    if (replayed.length !== SAMPLE) throw new Error(`${replayed.length} messages were decided`);
    const from = performance.now();
    for (const { message } of [...replayed, ...replayed]) {
      classifyOffline(
        classifyPrompt({
          agent: { ...ground.agent },
          contact: message.contact,
          channel: message.channel,
          cards: [],
          intents: ground.intents,
          history: message.history,
          burst: [{ text: message.text }],
        }).data,
      );
    }
    bare.push(performance.now() - from);
  }
  await signals.close();
  process.stderr.write(`the built-in model alone, twice over the same: ${median(bare).toFixed(0)} ms\n`);
  return [measure(`what-if over ${SAMPLE} messages, built-in model`, median(times.slice(1)), PROMISED_MS, `ms (at most ${PROMISED_MS})`)];
}
