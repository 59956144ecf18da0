import { describe, expect, it } from 'vitest';
import { intentOf } from '../../server/model/builtin/intent.ts';
import type { IntentSigns } from '../../server/model/builtin/intent.ts';
import { detectLanguage } from '../../server/model/builtin/language.ts';
import { readMood } from '../../server/model/builtin/signals.ts';

describe('language', () => {
  it.each([
    ['Where is my order?', 'en'],
    ['¿Dónde está mi pedido?', 'es'],
    ['donde esta mi pedido', 'es'],
    ['Onde está o meu pedido?', 'pt'],
    ['Où est ma commande ?', 'fr'],
    ['Wo ist meine Bestellung?', 'de'],
    ['Dov’è il mio ordine?', 'it'],
    ['Waar is mijn bestelling?', 'nl'],
    ['أين طلبي؟', 'ar'],
    ['मेरा ऑर्डर कहाँ है?', 'hi'],
    ['我的订单在哪里', 'zh'],
    ['注文はどこですか', 'ja'],
    ['제 주문은 어디에 있나요', 'ko'],
    ['Где мой заказ?', 'ru'],
    ['Де моє замовлення?', 'uk'],
    ['Siparişim nerede?', 'tr'],
    ['Gdzie jest moja paczka?', 'pl'],
    ['merci', 'fr'],
    ['obrigado', 'pt'],
    ['gracias', 'es'],
    ['danke', 'de'],
    ['dank je', 'nl'],
    ['ok', null],
    ['👍', null],
    ['12345', null],
    ['', null],
  ])('%j is %s', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });
});

describe('urgency and frustration', () => {
  it.each([
    ['Emergency! There is smoke coming out of it', 'urgent'],
    ['My card was stolen', 'urgent'],
    ['Das ist dringend', 'urgent'],
    ['es urgente', 'urgent'],
    ['C’est urgent', 'urgent'],
    ['это срочно', 'urgent'],
    ['紧急', 'urgent'],
    ['هذا عاجل', 'urgent'],
    ['I cannot log in', 'high'],
    ['Das Gerät ist kaputt', 'high'],
    ['How do I log in?', 'normal'],
    ['What time do you close today?', 'normal'],
    ['No rush, whenever you can', 'low'],
    ['Das ist nicht dringend', 'low'],
    ['no es urgente', 'low'],
  ] as const)('%s: %s', (text, urgency) => {
    expect(readMood([text]).urgency).toBe(urgency);
  });

  it('rises from calm to furious', () => {
    const of = (text: string) => readMood([text]).frustration;
    expect(of('Where is my order?')).toBe(0);
    expect(of('I am a bit disappointed')).toBeGreaterThan(0.2);
    expect(of('This is ridiculous, worst service ever')).toBeGreaterThan(0.6);
    expect(of('WHERE IS MY ORDER?!?!')).toBeGreaterThan(0.2);
    for (const text of [
      'Das ist eine Frechheit, unverschämt!',
      'Es una vergüenza, inaceptable',
      'C’est inadmissible, quelle honte',
      'Isso é um absurdo, péssimo',
      'È vergognoso, pessimo servizio',
      'это ужас, безобразие',
      '太差了，骗子',
    ])
      expect(of(text)).toBeGreaterThan(0.4);
    expect(of(`${'terrible '.repeat(50)}`)).toBeLessThanOrEqual(1);
  });
});

describe('intent', () => {
  const calm: IntentSigns = { reasonCode: 'request', asksForHuman: false, frustration: 0, asksQuestion: false };
  const intents = [
    { name: 'Question', description: 'A general question' },
    { name: 'Complaint', description: 'Something went wrong and they say so' },
    { name: 'Negotiation', description: 'They want a better price' },
    { name: 'interested', description: 'Wants to buy' },
    { name: 'refund_request', description: 'Wants money back' },
    { name: 'OrderStatus', description: 'Where is my order, tracking, delivery' },
  ];

  it.each([
    ['I would like my money back', {}, 'refund_request'],
    ['Quiero un reembolso', {}, 'refund_request'],
    ['Ich möchte eine Rückerstattung', {}, 'refund_request'],
    ['can you track my parcel', {}, 'OrderStatus'],
    ['can I get a discount?', { asksQuestion: true }, 'Negotiation'],
    ['I want to complain', {}, 'Complaint'],
    ['awful', { frustration: 0.6 }, 'Complaint'],
    ['I am interested in the pro plan', {}, 'interested'],
    ['who founded the company?', { asksQuestion: true }, 'Question'],
    ['my cat is blue', {}, null],
  ])('%s', (text, signs, intent) => {
    expect(intentOf([text], intents, { ...calm, ...signs })).toBe(intent);
  });

  it('names none where none is configured', () => {
    expect(intentOf(['refund'], [], calm)).toBeNull();
  });
});
