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
  bot: RegExp;
  not: RegExp;
  asIs: RegExp;
  whole: RegExp;
}

const EDGE = String.raw`(?<![\p{L}\p{N}])`;
const END = String.raw`(?![\p{L}\p{N}])`;
const word = (alternation: string) => `${EDGE}(?:${alternation.replaceAll(String.raw`\w`, String.raw`\p{L}`)})${END}`;
const between = (words: number) => String.raw`(?:\s+[^\s]+){0,${words}}?\s+`;

function compile(lexicon: HumanLexicon): Compiled {
  const talk = word(lexicon.talk);
  const person = word(`${lexicon.who}|${lexicon.anyone}`);
  const who = word(lexicon.who);
  return {
    talk: new RegExp(`${talk}${between(5)}${person}|${person}${between(5)}${talk}`, 'u'),
    verb: new RegExp(talk, 'u'),
    want: new RegExp(`${word(lexicon.want)}${between(3)}${who}|${who}${between(3)}${word(lexicon.want)}`, 'u'),
    bot: new RegExp(`${word(lexicon.not)}${between(6)}${word(lexicon.bot)}|${word(lexicon.bot)}${between(4)}${word(lexicon.not)}`, 'u'),
    not: new RegExp(word(lexicon.not), 'u'),
    asIs: new RegExp(word(lexicon.asIs), 'u'),
    whole: new RegExp(`^${who}(?: (?:real|reale|reelle|reel|humana|umana|humaine|manual|manuel|manuale|echt|svp|hilfe))*$|^${word(lexicon.whole)}$`, 'u'),
  };
}

const compiled = Object.values(humanLexicons).map(compile);

const COURTESIES =
  /(?<![\p{L}\p{N}])(?:por favor|porfavor|bitte|svp|sil (?:vous|te) plait|per favore|per piacere|alstublieft|alsjeblieft|aub|graag|prosze|lutfen|пожалуйста|please|من فضلك|لو سمحت|hola|ola|oi|bonjour|hallo|hi|hey|ciao|merci|danke|gracias|obrigado|obrigada|grazie|un|una|um|uma|einen?|een|jednego)(?![\p{L}\p{N}])/gu;

/**
 * Does the customer ask to deal with a person? "Are you human?", "I'd rather not be transferred" and "talk to you later"
 * are not that; a yes to the agent's own offer of a person is.
 * @param texts the messages, oldest first
 * @param agentText what the agent had said last, if anything
 */
export function asksForHuman(texts: string[], agentText: string | null): boolean {
  const text = texts.join('\n').slice(0, MAX_CHARS);
  const folded = fold(text);
  const clauses = sentencesOf(folded.replace(/,\s(?=\S+\s\S+)|\s-\s|\bbut\b/g, '.'));
  if (clauses.some(asksForHumanInEnglish)) return true;
  if (callBack.test(folded)) return true;
  const english = folded.split(/\s+/).length > 3 && detectLanguage(text) === 'en';
  if (!english && sentencesOf(folded).some(asksInOthers)) return true;
  if ([...folded.slice(0, 400)].some((letter) => isWideScript(letter)) || /\p{Script=Hangul}/u.test(folded)) {
    if (humanWide.some(({ asks, not }) => asks.test(folded) && !not.test(folded))) return true;
  }
  return agreesToPerson(text, agentText);
}

const sentencesOf = (folded: string) =>
  folded
    .split(/[.!?¿¡؟;\n…]+|(?<![\p{L}])(?:pero|sondern|aber|maar|mais|ama|но)(?![\p{L}])/u)
    .map((clause) =>
      clause
        .replace(/[^\p{L}\p{M}\p{N}\s]+/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter(Boolean);

function asksInOthers(clause: string): boolean {
  const bare = clause.replace(COURTESIES, ' ').replace(/\s+/g, ' ').trim();
  return compiled.some((language) => {
    if (language.whole.test(bare)) return true;
    if (language.bot.test(clause) && language.verb.test(clause) && !language.asIs.test(clause)) return true;
    if (language.talk.test(clause)) {
      return !language.asIs.test(clause) && !language.not.test(clause);
    }
    return language.want.test(clause) && !language.asIs.test(clause) && !language.not.test(clause);
  });
}

const OFFERS_PERSON =
  /\b(?:transfer|connect|put|hand|pass|escalate|forward|refer|direct|route)(?:ring|ting|ing)?\b.{0,40}\b(?:human|agent|person|representative|colleague|team|specialist|supervisor|manager|someone|operator)\b|\b(?:speak|talk|chat)(?:ing)? (?:to|with) (?:a|an|one|someone|somebody)\b|(?:persona|pessoa|personne|jemand|menschen|mitarbeiter|iemand|medewerker|человек|оператор|شخص|人工|担当者)[^.!?]{0,60}[?？؟]/;

/** A yes to "Would you like me to transfer you to a colleague?" */
function agreesToPerson(text: string, agentText: string | null): boolean {
  if (!agentText) return false;
  const tail = fold(agentText.slice(-400))
    .split(/(?<=[.!?？])\s+/)
    .slice(-2)
    .join(' ');
  if (!OFFERS_PERSON.test(tail) || !/[?？؟]|\b(?:let me know|say so|just say)\b/.test(tail)) return false;
  const courtesy = readCourtesy(text.slice(0, 300));
  const { counts, residue } = courtesy;
  return counts.yes > 0 && counts.no === 0 && counts.done === 0 && residue.length <= 2 && courtesy.questionMarks === 0;
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
