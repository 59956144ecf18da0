import { describe, expect, it } from 'vitest';
import { compileCards, decideByCards } from '../../server/domain/card-rules.ts';

const by = (cards: { id: string; text: string }[], texts: string[], kind = 'request') => decideByCards(compileCards(cards), texts, () => kind);
const decide = (card: string, text: string, kind?: string) => by([{ id: 'card', text: card }], [text], kind)?.needsReply ?? null;

describe('guidance cards in plain patterns', () => {
  it.each<[string, string, boolean | null]>([
    ['Always reply when someone mentions a refund.', 'about those refunds, thanks', true],
    ['Always reply when someone mentions a refund.', 'thanks', null],
    ['Always reply if a message contains "invoice" or "chargeback"', 'ok, invoices then', true],
    ['If anyone asks about pricing, always reply', 'pricing', true],
    ['Reply to messages about returns or exchanges', 'exchange', true],
    ['Stay quiet when a message says unsubscribe or stop.', 'STOP', false],
    ['Stay quiet when a message says unsubscribe or stop.', 'nonstop', null],
    ['Never reply to messages mentioning the raffle', 'who won the raffle?', false],
    ['Don’t answer if someone mentions "happy hour"', 'Happy  hour?', false],
    ['Please ignore messages that mention crypto', 'buy CRYPTO', false],
    ['Be kind and brief.', 'refund', null],
    ['Customers of the gold tier are to be answered at all times.', 'hello', null],
    ['Answer everything.', 'thanks', true],
    ['Reply.', 'thanks', null],
    ['', 'hello', null],
  ])('%j on %j: %s', (card, text, expected) => {
    expect(decide(card, text)).toBe(expected);
  });

  it('know kinds of message by the classifier’s name for them', () => {
    expect(decide('Never reply to emoji', '👍', 'emoji')).toBe(false);
    expect(decide('Never reply to emoji', 'where is it 👍', 'question')).toBeNull();
    expect(decide('Always reply to thank-yous', 'thanks', 'thanks')).toBe(true);
    expect(decide('Do not answer greetings', 'hi', 'greeting')).toBe(false);
  });

  it.each<[string, string, boolean | null, string?]>([
    ['Responde siempre cuando alguien mencione un reembolso.', 'quiero dos reembolsos', true],
    ['Siempre responde si un mensaje contiene "factura" o "devolución"', 'la DEVOLUCION?', true],
    ['No respondas a los saludos.', 'hola', false, 'greeting'],
    ['No respondas cuando alguien mencione la rifa', 'gané la rifa', false],
    ['Guarda silencio cuando un cliente solo dice que va a llamar.', 'vale, os llamo mañana', false],
    ['Guarda silencio cuando un cliente solo dice que llamará.', 'llamaré al banco, me cobraron 240 € dos veces', null],
    ['Si alguien pregunta por el precio, responde siempre.', 'precio', true],
    ['Responde a todo.', 'gracias', true],
    ['No respondas si mencionan la rifa, salvo que se quejen.', 'la rifa', null],
    ['Sé amable y breve.', 'reembolso', null],
    ['Responda sempre quando alguém mencionar um reembolso.', 'e os reembolsos', true],
    ['Não responda a agradecimentos.', 'obrigado', false, 'thanks'],
    ['Ignore mensagens sobre criptomoedas', 'compre CRIPTOMOEDAS', false],
    ['Se houver uma pergunta, responda sempre.', 'obrigado, e o prazo?', true],
    ['Fique em silêncio quando um cliente só diz que vai pensar.', 'vou pensar, obrigado', false],
    ['Não responda a emojis, exceto corações.', '👍', null, 'emoji'],
    ['Antworte immer, wenn jemand eine Erstattung erwähnt.', 'und die Erstattungen', true],
    ['Wenn jemand nach dem Preis oder einem Rabatt fragt, antworte immer.', 'Rabatt', true],
    ['Antworte nicht auf Begrüßungen.', 'hallo', false, 'greeting'],
    ['Antworte nie, wenn jemand „Gewinnspiel“ schreibt', 'das Gewinnspiel', false],
    ['Ignoriere Nachrichten, die Krypto erwähnen', 'kauft KRYPTO', false],
    ['Schweige, wenn ein Kunde nur sagt, dass er anrufen wird.', 'ich rufe morgen an', false],
    ['Antworte immer, wenn es um Geld geht.', 'gut, 30 Euro', true],
    ['Antworte nicht auf Emojis, es sei denn, es ist ein Herz.', '👍', null, 'emoji'],
    ['Antworte freundlich.', 'hallo', null],
    ['رد دائمًا إذا ذكر أحدهم استرداد المال.', 'أريد استرداد المال', true],
    ['لا ترد على عبارات الشكر.', 'شكرا', false, 'thanks'],
    ['تجاهل الرسائل التي تذكر «العملات الرقمية»', 'اشتر العملات الرقمية', false],
    ['ابق صامتًا عندما يقول العميل فقط إنه سيتصل.', 'سأتصل غدا', false],
    ['إذا كان هناك سؤال، رد دائمًا.', 'شكرا، متى يصل؟', true],
    ['لا ترد على التحيات إلا إذا سأل عن شيء.', 'مرحبا', null, 'greeting'],
  ])('are read in the other languages of the inbox: %j on %j: %s', (card, text, expected, kind) => {
    expect(decide(card, text, kind)).toBe(expected);
  });

  it('match other scripts and accents', () => {
    expect(decide('Always reply when someone mentions "退款"', '我要退款')).toBe(true);
    expect(decide('Always reply when someone mentions "cancelación"', 'CANCELACION por favor')).toBe(true);
  });

  it.each<[string, string, boolean | null]>([
    ['Stay quiet when a customer only says that they will call.', "ok I'll ring you tomorrow then", false],
    ['Stay quiet when a customer only says that they will call.', 'Will call at 3, thanks', false],
    ['Stay quiet when a customer only says that they will call.', 'je vous appelle lundi', false],
    ['Stay quiet when a customer only says that they will call.', 'zadzwonię po 15', false],
    ['Stay quiet when a customer only says that they will call.', 'jeg ringer senere', false],
    ['Stay quiet when a customer only says that they will call.', 'سأتصل غدا', false],
    ['Stay quiet when a customer only says that they will call.', '明天我会打电话', false],
    ['Stay quiet when a customer only says that they will call.', 'I will call my bank, they took €240 twice', null],
    ['Stay quiet when a customer only says that they will call.', "I'll call the police if you do not refund me", null],
    ['Stay quiet when a customer only says that they will call.', 'I will call you, when are you open?', null],
    ['Stay quiet when a customer only says that they will call.', 'please call me', null],
    ['Stay quiet when a customer says they will call.', 'I will call my bank, they took €240 twice', false],
    ['Stay quiet if somebody only says that they will think about it.', "I'll think about it, thanks", false],
    ['Answer whenever there is a question, a number or a date, also inside a thank-you.', 'gracias, 2 o 3 días', true],
    ['Answer whenever there is a question, a number or a date, also inside a thank-you.', 'thanks', null],
    ['Always reply when someone mentions a sum of money.', 'ok, 30 euros', true],
    ['Stay quiet when someone mentions stock, unless they are angry.', 'stock', null],
  ])('understand what is announced and held: %j on %j: %s', (card, text, expected) => {
    expect(decide(card, text)).toBe(expected);
  });

  it('decide in their order, the first that fits; within one, the exception that replies goes first', () => {
    const cards = [
      { id: 'q', text: 'Stay quiet when someone mentions stock.' },
      { id: 'r', text: 'Always reply when someone mentions refund.' },
    ];
    expect(by(cards, ['stock and refund'])).toMatchObject({ cardId: 'q', needsReply: false, reason: 'Stay quiet when someone mentions stock' });
    expect(by(cards.toReversed(), ['stock and refund'])).toMatchObject({ cardId: 'r', needsReply: true });
    expect(decide('Stay quiet on thanks. Answer whenever there is a question.', 'thanks, and when?', 'thanks')).toBe(true);
  });

  it('are read anew when their text changes', () => {
    expect(decide('Stay quiet when someone mentions stock.', 'stock')).toBe(false);
    expect(decide('Always reply when someone mentions stock.', 'stock')).toBe(true);
  });

  it('look at every message of a burst', () => {
    expect(by([{ id: 'r', text: 'Always reply when someone mentions refund.' }], ['ok', 'thanks', 'refund'])).toMatchObject({ needsReply: true });
  });

  it('decide a thousand messages with 200 cards within a second of one core', () => {
    const cards = () =>
      Array.from({ length: 200 }, (_, n) => ({
        id: `card ${n}`,
        text: n % 2 ? `Stay quiet when a message says "thing${n} arrived" or "thing${n} came".` : `Always reply when someone mentions a thing${n}.`,
      }));
    const began = process.cpuUsage();
    for (let n = 0; n < 1_000; n += 1)
      decideByCards(compileCards(cards()), [`When does my order arrive? I have been waiting since Monday, number ${n}.`], () => 'request');
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });
});
