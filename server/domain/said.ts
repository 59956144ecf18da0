/** What messages say, as far as rules in plain words ask: figures, questions, and what somebody is going to do. */
import { amountsIn } from './risk.ts';

/** Case, accents and repeated blanks set aside. */
export const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();

const MONTH = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|fev|mai|okt|dez|janv|juil';
const DATE = new RegExp(
  String.raw`\b\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?\b|\b\d{1,2}(?:st|nd|rd|th|\.)?\s?(?:de\s)?(?:${MONTH})|\b(?:${MONTH})\p{L}*\s\d{1,2}\b`,
  'iu',
);

/** Kinds of content that a rule can name, instead of words. */
export type Content = 'question' | 'number' | 'date' | 'money' | 'link' | 'emoji';
const CONTENTS: Record<Content, (text: string) => boolean> = {
  question: (text) => /[?？؟]/u.test(text),
  number: (text) => /\p{Nd}/u.test(text),
  date: (text) => DATE.test(text),
  money: (text) => amountsIn(text).length > 0,
  emoji: (text) => /\p{Extended_Pictographic}/u.test(text),
  link: (text) => /\bhttps?:\/\/|\bwww\.\p{L}/iu.test(text),
};

/** Whether a text holds such a thing. */
export const holds = (text: string, content: Content): boolean => CONTENTS[content](text);

/** What somebody says that it is going to do. */
export type Intention = 'call' | 'return' | 'think' | 'wait';

const ME = "(?:i|we)(?:'ll| will| shall| am going to|'m going to| are going to|'re going to)|i'm gonna|gonna|will";
/** By language; Latin scripts as patterns over folded text, others as phrases. */
const PATTERNS: Record<Intention, readonly string[]> = {
  call: [
    `\\b(?:${ME})(?: \\w+){0,2}? (?:call|ring|phone|telephone)\\b`,
    `\\b(?:${ME}) give (?:you|u|them|\\w+) a (?:call|ring|bell)\\b`,
    '\\b(?:(?:te|le|les|os|los) )?(?:llamo|llamare|llamamos|llamaremos)\\b',
    '\\b(?:voy|vamos) a llamar',
    '\\b(?:te |lhe )?(?:ligo|ligarei|telefono)\\b',
    '\\bvou (?:te |lhe )?(?:ligar|telefonar)',
    "\\b(?:je|nous) (?:vous |te |t')?(?:r?appelle(?:rai|rons)?|r?appelons|telephone(?:rai)?)\\b",
    "\\bje vais (?:vous |t')?r?appeler",
    '\\b(?:ich|wir) ruf\\w*\\b',
    '\\bruf\\w* (?:\\w+ ){0,3}an\\b',
    '\\bwerde .{0,24}anrufen',
    '\\b(?:(?:vi|ti|la) )?(?:chiamo|chiamero|richiamo|richiamero|telefono)\\b',
    '\\bik (?:bel|ga bellen|zal .{0,20}bellen)\\b',
    '\\bbel (?:je|u|jullie)\\b',
    '\\b(?:zadzwonie|zadzwonimy|oddzwonie)\\b',
    '\\b(?:arayacagim|arayacagiz|ararim|ariyorum)\\b',
    '\\b(?:jeg|vi|jag) (?:ringer|vil ringe|ska ringa)\\b',
    '(?:позвоню|перезвоню|позвоним)',
  ],
  return: [
    `\\b(?:${ME}) (?:get back|come back|write|reply|respond|let you know|message you|email you|be in touch)\\b`,
    '\\b(?:te|le|les) (?:escribo|aviso|respondo|confirmo)\\b',
    '\\b(?:te |lhe )?(?:escrevo|aviso|retorno|respondo)\\b',
    '\\bje (?:vous|te) (?:ecris|ecrirai|reponds|repondrai|recontacte|recontacterai)\\b',
    '\\bmelde mich\\b',
    '\\bgebe .{0,12}bescheid\\b',
    '\\b(?:vi|ti) (?:scrivo|scrivero|faccio sapere|rispondo)\\b',
    '\\blaat .{0,10}weten\\b',
    '\\b(?:odezwe sie|dam znac|napisze)\\b',
    '(?:напишу|отвечу) ',
  ],
  think: [
    `\\b(?:${ME}) (?:think|consider|sleep on|talk it over)\\b`,
    '\\blo pienso\\b|\\bvoy a pensar',
    '\\bvou pensar\\b',
    '\\b(?:vais y |vais )reflechir\\b',
    '\\b(?:uberlege|denke .{0,10}nach)\\b',
    '\\bci penso\\b|\\bci pensero\\b',
    '\\bdenk er .{0,8}over na\\b',
    '\\b(?:pomysle|zastanowie)\\b',
    '\\bdusunecegim\\b',
    '(?:подумаю|подумаем)',
  ],
  wait: [
    `\\b(?:${ME}) wait\\b`,
    '\\b(?:espero|esperare|esperamos)\\b',
    '\\b(?:vou esperar|aguardo)\\b',
    "\\bj'attends\\b|\\bj'attendrai\\b",
    '\\b(?:ich|wir) warten?\\b',
    '\\b(?:aspetto|aspettero)\\b',
    '\\bik wacht\\b',
    '\\b(?:poczekam|zaczekam)\\b',
    '\\bbekliyorum\\b',
    '(?:подожду)',
  ],
};
const PHRASES: Record<Intention, readonly string[]> = {
  call: [
    'سأتصل',
    'سوف أتصل',
    'फोन करूंगा',
    'फोन करूंगी',
    'कॉल करूंगा',
    'कॉल करूंगी',
    '我会打电话',
    '我會打電話',
    '打电话给你',
    '给你们打电话',
    '我再打',
    '電話します',
    'お電話いたします',
    'かけ直します',
    '전화할게',
    '전화하겠',
    '전화드리겠',
  ],
  return: ['سأعود إليك', 'سأرد', '我会回复', '稍后回复', 'また連絡します', 'ご連絡します', '연락드리겠', '답장할게'],
  think: ['سأفكر', '我考虑', '我再想想', '考えます', '検討します', '생각해 볼게', '생각해볼게'],
  wait: ['سأنتظر', '我等', '待ちます', 'お待ちします', '기다릴게', '기다리겠'],
};
const INTENTIONS = Object.fromEntries(
  (Object.keys(PATTERNS) as Intention[]).map((name) => [name, new RegExp([...PATTERNS[name], ...PHRASES[name].map(plain)].join('|'), 'u')]),
) as Record<Intention, RegExp>;

/** The part of a folded text that says so, or null. */
export const announcement = (folded: string, intention: Intention): string | null => INTENTIONS[intention].exec(folded)?.[0] ?? null;
