import { describe, expect, it } from 'vitest';
import { amountsIn, assessRisk } from '../../server/domain/risk.ts';
import type { RiskRule } from '../../server/contract/risk.ts';
import type { Reply } from '../../server/domain/risk.ts';

const reply = (text: string, more: Partial<Reply> = {}): Reply => ({ text, skills: [], fallback: false, frustration: 0, certainty: 1, ...more });
const risk = (text: string, more: Partial<Reply> = {}) => assessRisk(reply(text, more));

describe('the risk of a reply', () => {
  it.each([
    'Orders arrive within two working days.',
    'We are open Monday to Friday from 9:00 to 18:00.',
    'Gracias por escribirnos. ¿En qué podemos ayudarle?',
    'Die Lieferung dauert zwei Werktage.',
    'شكرا لك على رسالتك',
    '¿Ha cambiado su dirección? Puede hacerlo en su cuenta.',
    'Pode alterar a sua morada na conta.',
    'Wie kann ich meine Adresse ändern? Das geht unter „Konto“.',
    'Your order 48211 left our warehouse on 3 May.',
    '',
  ])('%j is low', (text) => expect(risk(text)).toEqual({ level: 'low', reasons: [] }));

  it.each([
    ['I have refunded your order.', 'money'],
    ['You get a discount.', 'money'],
    ['Le hacemos un reembolso.', 'money'],
    ['Wir erstatten Ihnen den Betrag.', 'money'],
    ['Vous serez remboursé demain.', 'money'],
    ['سنقوم باسترداد المبلغ', 'money'],
    ['We guarantee delivery by Friday.', 'promise'],
    ['I’ll make sure that it arrives.', 'promise'],
    ['Wir versprechen es.', 'promise'],
    ['نضمن ذلك', 'promise'],
    ['I have cancelled your subscription.', 'account_change'],
    ['We updated your address.', 'account_change'],
    ['Le prometo que llegará mañana.', 'promise'],
    ['Garantimos a entrega até sexta.', 'promise'],
    ['Das garantiere ich Ihnen.', 'promise'],
    ['نعدك بذلك غدا', 'promise'],
    ['Hemos cancelado su suscripción.', 'account_change'],
    ['Alterámos a sua morada.', 'account_change'],
    ['Wir haben Ihre Adresse geändert.', 'account_change'],
    ['Nous avons résilié votre abonnement.', 'account_change'],
    ['لقد ألغينا اشتراكك', 'account_change'],
  ])('%j is high: %s', (text, reason) => expect(risk(text)).toEqual({ level: 'high', reasons: [reason] }));

  it.each(['It costs $20.', 'Das kostet 20 €.', 'Delivery is 4.90 EUR.', 'R$ 30', '15 dollars'])('%j names a sum: medium', (text) => {
    expect(risk(text)).toEqual({ level: 'medium', reasons: ['money'] });
  });

  it('takes the highest that its skills carry', () => {
    expect(risk('Done.', { skills: [{ name: 'a', risk: 'low' }] }).level).toBe('low');
    expect(risk('Done.', { skills: [{ name: 'a', risk: 'medium' }] })).toEqual({ level: 'medium', reasons: ['skill'] });
    expect(
      risk('Done.', {
        skills: [
          { name: 'a', risk: 'medium' },
          { name: 'b', risk: 'high' },
        ],
      }),
    ).toEqual({ level: 'high', reasons: ['skill'] });
  });

  it('is not low where the customer is upset, the word uncertain or the answer missing', () => {
    expect(risk('Hello.', { frustration: 0.5 })).toEqual({ level: 'medium', reasons: ['sentiment'] });
    expect(risk('Hello.', { certainty: 0.49 })).toEqual({ level: 'medium', reasons: ['uncertain'] });
    expect(risk('I do not know.', { fallback: true })).toEqual({ level: 'medium', reasons: ['no_answer'] });
    expect(risk('We guarantee a refund of $5.', { frustration: 1, fallback: true, certainty: 0 })).toEqual({
      level: 'high',
      reasons: ['money', 'promise', 'sentiment', 'uncertain', 'no_answer'],
    });
  });

  it('is what the team’s rules make of it', () => {
    const by = (text: string, ...rules: RiskRule[]) =>
      assessRisk(reply(text, { skills: [{ name: 'x', risk: 'medium' }] }), [{ kind: 'skill', level: 'low' }, ...rules]);
    expect(by('It costs $80.', { kind: 'money', level: 'high', over: 100 })).toEqual({ level: 'low', reasons: [] });
    expect(by('It costs €1.250,50.', { kind: 'money', level: 'high', over: 1_250 })).toEqual({ level: 'high', reasons: ['money'] });
    expect(by('We guarantee it.', { kind: 'promise', level: 'low' })).toEqual({ level: 'low', reasons: [] });
    expect(by('Wir kündigen den Vertrag.', { kind: 'words', level: 'medium', words: ['vertrag'] })).toEqual({ level: 'medium', reasons: ['words'] });
    expect(by('A refund of $20 is on its way.', { kind: 'money_given', level: 'high', over: 50 })).toEqual({ level: 'low', reasons: [] });
  });

  it.each([
    ['$1,200.50', 1_200.5],
    ['1.200,50 €', 1_200.5],
    ['€12', 12],
    ['12 000 euros', 12_000],
    ['USD 3,000', 3_000],
    ['5.000 pesos', 5_000],
  ])('reads the sum in %j', (text, sum) => {
    expect(amountsIn(`That is ${text}.`)).toEqual([sum]);
  });

  it('reads a long text in no time', () => {
    const from = performance.now();
    risk('we can will '.repeat(20_000));
    risk('1'.repeat(60_000));
    risk('1,'.repeat(30_000));
    expect(performance.now() - from).toBeLessThan(2_000);
  });
});
