import { callBack, humanLexicons, humanWide } from './lexicon-human.ts';
import type { HumanLexicon } from './lexicon-human.ts';
import { asksForHumanInEnglish } from './human-en.ts';
import { readCourtesy } from './courtesy.ts';
import { detectLanguage } from './language.ts';
import { MAX_CHARS, fold, isWideScript } from './text.ts';

interface Compiled {
  talk: RegExp;
  verb: RegExp;
  want: RegExp;
  person: RegExp;
  /** "Not a bot", in one breath. */
  noBot: RegExp;
  bot: RegExp;
  not: RegExp;
  asIs: RegExp;
  whole: RegExp;
}

const EDGE = String.raw`(?<![\p{L}\p{N}])`;
const END = String.raw`(?![\p{L}\p{N}])`;
/** What French and Italian write before a word without a blank, once the apostrophe is gone. */
const ELISION = '(?:qu|d|l|dell|all|un|sull|nell|dall)?';
const word = (alternation: string) => `${EDGE}${ELISION}(?:${alternation.replaceAll(String.raw`\w`, String.raw`\p{L}`)})${END}`;
const between = (words: number) => String.raw`(?:\s+[^\s]+){0,${words}}?\s+`;

function compile(lexicon: HumanLexicon): Compiled {
  const talk = word(lexicon.talk);
  const person = word(`${lexicon.who}|${lexicon.anyone}`);
  const who = word(lexicon.who);
  return {
    talk: new RegExp(`${talk}${between(5)}${person}|${person}${between(5)}${talk}`, 'u'),
    verb: new RegExp(talk, 'u'),
    want: new RegExp(`${word(lexicon.want)}${between(3)}${who}|${who}${between(3)}${word(lexicon.want)}`, 'u'),
    person: new RegExp(person, 'u'),
    noBot: new RegExp(`${word(lexicon.not)}(?:\\s+[^\\s]+){0,2}?\\s+${word(lexicon.bot)}`, 'u'),
    bot: new RegExp(`${word(lexicon.not)}${between(6)}${word(lexicon.bot)}|${word(lexicon.bot)}${between(4)}${word(lexicon.not)}`, 'u'),
    not: new RegExp(word(lexicon.not), 'u'),
    asIs: new RegExp(word(lexicon.asIs), 'u'),
    whole: new RegExp(`^${who}(?: (?:real|reale|reelle|reel|humana|umana|humaine|manual|manuel|manuale|echt|svp|hilfe))*$|^${word(lexicon.whole)}$`, 'u'),
  };
}

const compiled = Object.values(humanLexicons).map(compile);

const COURTESIES =
  /(?<![\p{L}\p{N}])(?:por favor|porfa|pfv|pf|plis|pls|plz|stp|porfavor|bitte|svp|sil (?:vous|te) plait|per favore|per piacere|alstublieft|alsjeblieft|aub|graag|prosze|lutfen|пожалуйста|please|من فضلك|لو سمحت|hola|ola|oi|bonjour|hallo|hi|hey|ciao|merci|danke|gracias|obrigado|obrigada|grazie|un|una|um|uma|einen?|een|jednego)(?![\p{L}\p{N}])/gu;

/**
 * Does the customer ask to deal with a person? "Are you human?", "I'd rather not be transferred" and "talk to you later"
 * are not that; a yes to the agent's own offer of a person is.
 * @param texts the messages, oldest first
 * @param agentText what the agent had said last, if anything
 */
export function asksForHuman(texts: string[], agentText: string | null): boolean {
  const text = texts.join('\n').slice(0, MAX_CHARS);
  const folded = fold(text);
  const clauses = sentencesOf(
    folded.replace(/,\s(?=\S+\s\S+)|\s-\s|\bbut\b|(?<=\S \S+ )\b(?=i (?:want|need|wanna) (?:a|an|some|the|to (?:talk|speak))\b)/g, '.'),
  );
  if (clauses.some((clause) => asksForHumanInEnglish(bareOf(clause)))) return true;
  if (callBack.test(folded)) return true;
  const english = folded.split(/\s+/).length > 3 && detectLanguage(text) === 'en';
  if (
    !english &&
    sentencesOf(folded).some((sentence) => asksInOthers(sentence) || (sentence.includes(',') && sentence.split(',').some((part) => asksInOthers(bareOf(part)))))
  )
    return true;
  if ([...folded.slice(0, 400)].some((letter) => isWideScript(letter)) || /\p{Script=Hangul}/u.test(folded)) {
    if (humanWide.some(({ asks, not }) => asks.test(folded) && !not.test(folded))) return true;
  }
  return agreesToPerson(text, agentText);
}

const sentencesOf = (folded: string) =>
  folded
    .split(/[.!?¿¡؟;\n…]+|(?<![\p{L}])(?:pero|sondern|aber|maar|mais|ama|но)(?![\p{L}])/u)
    .map((clause) => clause.replace(/[،、，]/gu, ',').replace(/[^\p{L}\p{M}\p{N}\s,]+/gu, ' '))
    .filter((clause) => clause.trim() !== '');

const bareOf = (clause: string): string => clause.replaceAll(',', ' ').replace(/\s+/g, ' ').trim();

function asksInOthers(sentence: string): boolean {
  const clause = bareOf(sentence);
  const bare = clause.replace(COURTESIES, ' ').replace(/\s+/g, ' ').trim();
  return compiled.some((language) => {
    if (language.whole.test(bare)) return true;
    if (language.noBot.test(clause) && language.person.test(clause.replace(language.noBot, ' ')) && !language.asIs.test(clause)) return true;
    if (language.bot.test(clause) && language.verb.test(clause) && !language.asIs.test(clause)) return true;
    if (language.talk.test(clause)) {
      return !language.asIs.test(clause) && !language.not.test(clause);
    }
    return language.want.test(clause) && !language.asIs.test(clause) && !language.not.test(clause);
  });
}

const OFFERS_PERSON =
  /\b(?:transfer|connect|put|hand|pass|escalate|forward|refer|direct|route)(?:ring|ting|ing)?\b.{0,40}\b(?:human|agent|person|representative|colleague|team|specialist|supervisor|manager|someone|operator)\b|\b(?:speak|talk|chat)(?:ing)? (?:to|with) (?:a|an|one|someone|somebody)\b|(?:persona|humano|agente|asesor|operador|pessoa|atendente|especialista|personne|humain|conseiller|collegue|equipe|jemand|mensch|mitarbeiter|kolleg|berater|iemand|medewerker|collega|umano|operatore|qualcuno|человек|оператор|شخص|موظف|زميل|人工|真人|客服|专员|專員|同事|担当者|オペレーター)[^.!?？؟]{0,60}[?？؟]|\b(?:transfiera|transfiramos|transfira|trasferisca|transfere|transferiez|verbinde|verbinden|weiterleite|weiterleiten)\b[^.!?]{0,40}[?]|\b(?:a|an|our|the) (?:human|colleague|person|representative|agent|specialist|supervisor|manager|team ?mate)\b[^.!?]{0,60}\b(?:can|could|if you|take over|take it|help|handle|look)\b/;

/** What takes a yes back, or puts something before it, in the languages that customers mostly write. */
const WITHDRAWS =
  /(?<!\p{L})(?:but|though|however|first|before|until|instead|rather|actually|wait|unless|only if|not|dont|never|no|pero|antes|primero|mejor no|mas|porem|primeiro|aber|erst|zuerst|bevor|nicht|doch|mais|dabord|avant|plutot|pas|ma|prima|invece|non|maar|eerst|niet|но|сначала|не|لكن|قبل|اولا|ليس)(?!\p{L})/u;

/** A yes to "Would you like me to transfer you to a colleague?", by itself or with why; not one with a condition or a question. */
function agreesToPerson(text: string, agentText: string | null): boolean {
  if (!agentText) return false;
  const tail = fold(agentText.slice(-400))
    .split(/(?<=[.!?？])\s+/)
    .slice(-2)
    .join(' ');
  if (!OFFERS_PERSON.test(tail) || !/[?？؟]|\b(?:let me know|say so|just say|if you(?:d)? (?:like|wish|want|prefer)|say the word|if that helps)\b/.test(tail))
    return false;
  const [answer = '', ...rest] = text
    .slice(0, 300)
    .split(/(?<=[.!,;。！،؛])\s*|\s+[-–—]\s+|\n+/u)
    .filter((part) => part.trim() !== '');
  const why = fold(rest.join(' ')).replaceAll(/['’]/g, '');
  const isYes = (said: string): boolean => {
    const { counts, residue, questionMarks } = readCourtesy(said);
    return counts.yes > 0 && counts.no === 0 && counts.done === 0 && residue.length <= 2 && questionMarks === 0;
  };
  return isYes(text.slice(0, 300)) || (isYes(answer) && text.length <= 300 && !/[?？؟]/.test(text) && !WITHDRAWS.test(why));
}

const ROUTES: [string, RegExp][] = [
  [
    'sales',
    /\bsales?\b|\bpricing\b|\bventas\b|\bvendas\b|\bvertrieb|\bverkauf|\bcommercial\b|\bcomercial\b|\bventes\b|\bvendite\b|\bverkoop|\bsatis\b|sprzedaz|продаж|المبيعات|销售|銷售|営業|영업/u,
  ],
  [
    'meeting',
    /\bmeeting\b|\bappointment\b|\bdemo\b|\bschedule\b.{0,20}\b(?:call|talk|time)\b|\breunion\b|\breuniao\b|\btermin\b|\brendez ?vous\b|\bappuntamento\b|\bafspraak\b|встреч|موعد|会议|予約/u,
  ],
  [
    'call',
    /\bcalls?\b(?!ed)|\bcallback\b|\bphone\b|\btelephone\b|\bring me\b|\bllam\w+|\bligu?e\w*|\bligar\b|\bappele\w*|\brappele\w*|\banruf\w*|\bruf\w*|\bruckruf\w*|\bzuruckruf\w*|\btelefon\w*|\bchiam\w+|\brichiam\w+|\bbellen\b|\bterugbel\w*|zadzwon|oddzwon|arayin|перезвон|позвон|звонок|اتصل|الاتصال|电话|電話|통화/u,
  ],
  [
    'specialist',
    /\bspecialist\b|\badvis[eo]r\b|\bexpert\b|\btechnician\b|\bconsultant\b|\bespecialista\b|\bspezialist|\bexperte|\bspecialiste\b|\bspecialista\b|специалист|专员|専門/u,
  ],
  [
    'support',
    /\b(?:customer (?:service|care|support)|support team|tech(?:nical)? support)\b|atencion al cliente|servicio al cliente|soporte|atendimento|suporte|kundenservice|kundendienst|service client|service a la clientele|servizio clienti|assistenza|klantenservice|поддержк|خدمة العملاء|الدعم|客服/u,
  ],
];

/** What they asked for, where they named it. */
export function routeOf(texts: string[]): string | null {
  const folded = fold(texts.join('\n').slice(0, MAX_CHARS));
  return ROUTES.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}
