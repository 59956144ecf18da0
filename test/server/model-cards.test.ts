import { describe, expect, it } from 'vitest';
import { decideByCards } from '../../server/pipeline/prompt-cards.ts';

const decide = (card: string, text: string, kind = 'request') => decideByCards([{ id: 'card', title: 'Card', text: card }], [text], kind)?.needsReply ?? null;

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

  it('match other scripts and accents', () => {
    expect(decide('Always reply when someone mentions "退款"', '我要退款')).toBe(true);
    expect(decide('Always reply when someone mentions "cancelación"', 'CANCELACION por favor')).toBe(true);
  });

  it('prefer a reply when they disagree, and name the card', () => {
    const cards = [{ id: 'q', title: '', text: 'Stay quiet when someone mentions stock.' }, { id: 'r', title: '', text: 'Always reply when someone mentions refund.' }];
    expect(decideByCards(cards, ['stock and refund'], 'x')).toMatchObject({ cardId: 'r', needsReply: true });
    expect(decideByCards(cards, ['stock'], 'x')).toMatchObject({ cardId: 'q', needsReply: false, reason: 'Stay quiet when someone mentions stock' });
  });

  it('look at every message of a burst', () => {
    expect(decideByCards([{ id: 'r', title: '', text: 'Always reply when someone mentions refund.' }], ['ok', 'thanks', 'refund'], 'x')).toMatchObject({ needsReply: true });
  });
});
