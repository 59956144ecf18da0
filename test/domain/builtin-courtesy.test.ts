import { describe, expect, it } from 'vitest';
import { openingOf, replyNeed } from '../../server/model/builtin/reply-need.ts';

const STATEMENT = 'Your order has been shipped.';
const MORE = 'Is there anything else I can help you with?';
const CONFIRM = 'Shall I cancel the order for you?';

describe('messages that want no reply', () => {
  it.each([
    'Thanks!',
    'thank you sooooo much 🙏',
    'thnx',
    'ty',
    'ok 👍',
    '👍',
    '❤️❤️',
    ':)',
    'Got it, will do',
    'All sorted now, thanks',
    'Thanks for breaking it down',
    'You are the kindest agent I ever talked to. Thank you!',
    'haha nice',
    'I appreciate the quick turnaround!',
    'No worries, thanks anyway',
    'that worked, thank you!',
    'Muchas gracias por la rápida respuesta',
    'Perfecto, ya quedó claro, gracias',
    'Obrigada pela atenção',
    'valeu!',
    'Vielen Dank für Ihre Mühe',
    'Das hat geholfen, danke',
    'Merci pour votre aide, bonne soirée',
    'C’est parfait, merci',
    'Grazie ancora, a domani',
    'Dank je wel voor je hulp',
    'شكرا على ردكم السريع',
    'تمام',
    'मदद के लिए धन्यवाद',
    'theek hai shukriya',
    '谢谢你的解答，再见',
    '好的👌',
    'ご対応ありがとうございました',
    '助かりました！',
    '답변 감사합니다',
    'спасибо за ответ',
    'понятно, благодарю',
    'yardımınız için teşekkürler',
    'tamam',
    'dzięki za pomoc',
    'Tack för hjälpen!',
    'terima kasih',
  ])('%s', (text) => {
    expect(replyNeed([text], STATEMENT)).toMatchObject({ needsReply: false });
  });

  it.each([
    ['No, that’s all', MORE],
    ['nope', MORE],
    ['I am all set, thanks', MORE],
    ['No, eso es todo', '¿Necesitas algo más?'],
    ['Nein, das war alles', 'Kann ich sonst noch etwas für Sie tun?'],
    ['Non merci', 'Autre chose ?'],
    ['没有了', '还有其他问题吗？'],
    ['No thanks', CONFIRM],
  ])('%s, after %s', (text, agent) => {
    expect(replyNeed([text], agent)).toMatchObject({ needsReply: false });
  });
});

describe('leave that is taken in words of its own', () => {
  it.each([
    ['Found the page. Thanks!', STATEMENT],
    ['Oh good, I was getting nervous. Thank you', STATEMENT],
    ['Not bad at all, thanks', STATEMENT],
    ['That was my last question. Have a lovely week', STATEMENT],
    ['see you tomorrow', STATEMENT],
    ['There isn’t. Cheers', MORE],
    ['None at the moment', MORE],
    ['I would not, you thought of everything', MORE],
    ['No, I’d rather leave it as it is. Thanks anyway', CONFIRM],
  ])('%s, after %s, wants no reply', (text, agent) => {
    expect(replyNeed([text], agent)).toMatchObject({ needsReply: false });
  });

  it.each([
    ['Great, thank you. Let’s do it', STATEMENT],
    ['Good to know, thanks. I’ll take it', STATEMENT],
    ['Thanks. I need a taxi as well', STATEMENT],
    ['Thank you. My name is Ines', STATEMENT],
    ['Thanks. It still does not start', STATEMENT],
    ['Thank you. Hotels in Porto', STATEMENT],
    ['I was charged two times, thanks', STATEMENT],
    ['No, I want the other one', MORE],
    ['No, the red one. Thanks', 'Which colour would you like?'],
    ['Thanks, I have 3 bags', STATEMENT],
  ])('%s, after %s, wants one', (text, agent) => {
    expect(replyNeed([text], agent)).toMatchObject({ needsReply: true });
  });
});

describe('messages that want a reply', () => {
  it.each([
    'Thanks, cancel it',
    'Gracias, cancela',
    'Danke, stornieren',
    'thanks but it still fails',
    'thanks. when?',
    'ok so?',
    'help',
    'help thanks',
    'hi',
    'Good morning, my order is late',
    'still waiting',
    'hello??',
    'it doesn’t work',
    'nothing works',
    'No, that’s not all',
    'That’s not what I asked',
    'You are wrong',
    'you are not helping',
    'thanks for nothing',
    'I will be waiting for my refund',
    'have you received it',
    'great, another error',
    'fine, refund me',
    'no entiendo',
    'não entendi',
    'non capisco',
    'ich verstehe nicht',
    'je n’ai rien reçu',
    'no funciona',
    'non funziona niente',
    'não deu certo',
    '不明白',
    '没收到',
    '2',
    'ana@example.com',
    'tomorrow',
    '?',
    '😡',
    'thanks 😡',
    'yes',
    'no',
    'Obrigado! E o prazo?',
    'Merci, annulez',
    'Спасибо, а когда?',
    'شكرا، متى يصل؟',
    '谢谢，多少钱？',
  ])('%s', (text) => {
    expect(replyNeed([text], STATEMENT)).toMatchObject({ needsReply: true });
  });

  it.each([
    ['yes', CONFIRM],
    ['Yes please', CONFIRM],
    ['sure, go ahead', CONFIRM],
    ['ok', CONFIRM],
    ['no', CONFIRM],
    ['That is right', 'To confirm: two tickets on Friday.'],
    ['great', 'Please confirm a table for two at 8.'],
    ['sí', '¿Quieres que lo cancele?'],
    ['ja', 'Soll ich das stornieren?'],
    ['👍', CONFIRM],
    ['yes', MORE],
  ])('%s, after %s', (text, agent) => {
    expect(replyNeed([text], agent)).toMatchObject({ needsReply: true });
  });

  it('one real message in a burst of courtesies', () => {
    expect(replyNeed(['thanks!', 'ah wait', 'the invoice is missing'], STATEMENT).needsReply).toBe(true);
    expect(replyNeed(['ok', 'thanks', 'bye'], STATEMENT).needsReply).toBe(false);
  });
});

describe('what the agent left open', () => {
  it.each([
    [null, 'none'],
    ['', 'none'],
    [STATEMENT, 'none'],
    [MORE, 'more'],
    ['Anything else?', 'more'],
    ['What else can I do for you today?', 'more'],
    ['Kann ich sonst noch etwas für Sie tun?', 'more'],
    ['¿Puedo ayudarte en algo más?', 'more'],
    ['Autre chose ?', 'more'],
    ['还有别的问题吗？', 'more'],
    [CONFIRM, 'question'],
    ['What is your order number?', 'question'],
    ['Please confirm the date.', 'question'],
    ['It ships today. Do you want a receipt?', 'question'],
    ['Do you want a receipt? If not, can I help with anything else?', 'more'],
  ] as const)('%j: %s', (text, opening) => {
    expect(openingOf(text)).toBe(opening);
  });
});
