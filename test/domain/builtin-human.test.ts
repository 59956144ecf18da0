import { describe, expect, it } from 'vitest';
import { asksForHuman, routeOf } from '../../server/model/builtin/human.ts';

const OFFER = 'I could not find it. Would you like me to connect you with a colleague?';

describe('asking for a person', () => {
  it.each([
    'get me a human',
    'AGENT!!!',
    'can I speak to somebody who actually understands',
    'this bot is useless, let me talk to a person',
    'I don’t want to talk to a machine',
    'please have someone call me',
    'is there a human there?',
    'put me through to sales',
    'just connect me',
    'may I speak with the person in charge',
    'No more bots please',
    'I want to escalate this',
    'Ich möchte mit einem Menschen sprechen',
    'Echte Person',
    'Kann ich mit jemandem reden?',
    'Ich will nicht mit einem Bot reden',
    'Bitte rufen Sie mich zurück',
    'quiero hablar con alguien',
    'páseme con un agente',
    'no quiero hablar con un robot',
    'Je voudrais parler à quelqu’un',
    'passez-moi un conseiller',
    'vorrei parlare con un operatore',
    'c’è qualcuno con cui posso parlare',
    'quero falar com um atendente',
    'ik wil met een mens praten',
    'أريد التحدث مع شخص حقيقي',
    'حولني لموظف',
    'хочу поговорить с человеком',
    'оператор',
    'bir insanla konuşmak istiyorum',
    'chcę rozmawiać z człowiekiem',
    'mujhe kisi insaan se baat karni hai',
    '转接人工客服',
    '有真人吗',
    'オペレーターと話したい',
    '상담원 연결해주세요',
  ])('%s', (text) => {
    expect(asksForHuman([text], null)).toBe(true);
  });

  it.each([
    'any real people around?',
    'let somebody real look at it',
    'could your staff take a look please',
    'bring in a human colleague',
    'skip the bot',
    'rep please',
    'i dont need a bot i want a human',
    'If a human can sort it, transfer the chat please',
    'I would like to be transferred',
    'Holen Sie mir bitte einen Mitarbeiter',
    'Du hilfst mir nicht, ich will einen Menschen',
    '¿Hay alguien que no sea un robot?',
    'Necesito que me atienda una persona real',
    'trovatemi qualcuno in carne e ossa',
    'Laissez-moi échanger avec un membre de l’équipe',
    'cadê os humanos?',
    'دعني أتحدث مع أحد الموظفين',
    '让真人来处理',
  ])('in other words: %s', (text) => {
    expect(asksForHuman([text], null)).toBe(true);
  });

  it.each([
    'Could someone have copied my card?',
    'put me on the list',
    'can your bot hand over to humans',
    'I want to listen to Human by The Killers',
    'is there a human typing',
    'give me the agents phone number',
    'Quiero una mesa para una persona',
    'Können Sie mir helfen?',
    'Wie viele Mitarbeiter haben Sie?',
    'Puis-je ajouter un agent ?',
    'Posso pagare con carta?',
    'Quero um quarto para uma pessoa',
  ])('not, though it sounds like it: %s', (text) => {
    expect(asksForHuman([text], null)).toBe(false);
  });

  it.each([
    'are you human?',
    'am I talking to a bot?',
    'I’d rather not be transferred',
    'please don’t transfer me to an agent',
    'talk to you later',
    'it was nice talking to you',
    'the agent I spoke to yesterday said it would ship',
    'my manager approved it',
    'I’ll contact a human agent if needed, thanks',
    'How many people can use one account?',
    'I need a ticket for one person',
    'someone stole my card',
    'speak english please',
    'call me Bob',
    'I can’t reach the website',
    'What are your customer service hours?',
    'bist du ein Mensch?',
    'Was ist der Preis pro Person?',
    'eres una persona real?',
    'no quiero que me transfieran a un agente',
    'Quiero cambiar la persona de contacto',
    'j’ai parlé avec un conseiller hier',
    'un tavolo per due persone',
    'você é humano?',
    'ты человек?',
    'هل أنت إنسان؟',
    '你是真人吗',
    '人工智能是什么',
    'あなたは人間ですか',
    'insan mısın?',
  ])('not: %s', (text) => {
    expect(asksForHuman([text], null)).toBe(false);
  });

  it('is also a yes to the offer of one, and not a no', () => {
    expect(asksForHuman(['Yes please'], OFFER)).toBe(true);
    expect(asksForHuman(['Ja, gerne'], 'Soll ich Sie mit einem Mitarbeiter verbinden?')).toBe(true);
    expect(asksForHuman(['No thanks'], OFFER)).toBe(false);
    expect(asksForHuman(['Yes please'], 'Shall I book it?')).toBe(false);
    expect(asksForHuman(['yes, what is the price?'], OFFER)).toBe(false);
    for (const why of [
      'Yes, please, I have been waiting for a week. Thanks!',
      'Sure. My order has been lost twice',
      'Ja, bitte. Das dauert schon zu lange.',
      'Sí, por favor, llevo dos semanas esperando.',
      'نعم من فضلك، أنتظر منذ أسبوع',
    ])
      expect([why, asksForHuman([why], OFFER)]).toEqual([why, true]);
    for (const why of [
      'Yes, but first tell me the price',
      'Ja, aber erst später',
      'Sí, pero antes quiero saber el precio',
      'Yes, though not today',
      'Yes. Can you look it up once more?',
    ])
      expect([why, asksForHuman([why], OFFER)]).toEqual([why, false]);
    expect(asksForHuman(['Yes, please, I have been waiting for a week.'], 'Shall I book it?')).toBe(false);
  });

  it.each([
    ['I want to talk to your sales team', 'sales'],
    ['can someone call me back', 'call'],
    ['Bitte rufen Sie mich zurück', 'call'],
    ['I need to talk to a tax specialist', 'specialist'],
    ['get me customer support', 'support'],
    ['I want a human', null],
  ])('%s goes to %s', (text, route) => {
    expect(routeOf([text])).toBe(route);
  });
});
