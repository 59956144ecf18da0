import { asksNothing, declines } from './closing-en.ts';
import { readCourtesy } from './courtesy.ts';
import type { Courtesy } from './courtesy.ts';
import { fold, sentences } from './text.ts';

/** Whether messages warrant a reply, and why. */
interface ReplyNeed {
  needsReply: boolean;
  reason: string;
  reasonCode: string;
  /** 0 to 1. */
  certainty: number;
}

/** What the agent's last message left open. */
export type Opening = 'more' | 'question' | 'none';

const MORE = [
  // en
  /\b(?:any ?thing|some ?thing|any ?one|what|who|any|some|much|many) ?(?:else|more|further|other|another)\b/,
  /\b(?:other|another|more|further|additional|any) (?:needs?|tasks?|bookings?|reservations?|matters?|issues?|help|assistance|questions?|concerns?|requests?|service|information|transfer|queries|inquiries|thing|services|tasks?)\b/,
  /\bfurther(?:more)?\b|\bstill (?:need|be (?:useful|of)|help|want)|\bneed me\b|\b(?:will|would|is) that be all\b|\b(?:is|was|will) (?:that|this|it)(?: be)? (?:all|everything|it)\b|\bwill (?:there|that|it) be (?:any|all|every)|\b(?:assist|help|be of (?:help|service|assistance))(?: with)?(?: you)?(?: today| now| then| again| in any)?$/,
  /\b(?:do|can|could|may|shall|should|will) (?:i|you) (?:help|assist|do|need|want|require|be)\b.{0,40}\b(?:else|more|other|again|further|today|help|assistance)\b/,
  // es, pt, fr, de, it, nl, pl, tr, ru
  /\b(?:algo|alguna cosa|en que) mas\b|\botra (?:cosa|duda|pregunta|consulta)\b|\bmas (?:ayuda|preguntas)\b/,
  /\b(?:algo|alguma coisa|mais alguma|em que) mais\b|\bmais (?:alguma coisa|ajuda|algo)\b|\boutra (?:duda|duvida|coisa|pergunta)\b/,
  /\bautre (?:chose|question|demande)\b|\bquelque chose d ?autre\b|\bdautre(?:s)? (?:chose|question|aide)?/,
  /\b(?:sonst (?:noch )?(?:etwas|was|irgendetwas)|noch (?:etwas|was|irgendetwas|weitere|fragen)|weitere (?:fragen|hilfe|anliegen)|weiterhelfen)\b/,
  /\b(?:qualcos ?altro|altre (?:domande|richieste)|altro)\b/,
  /\b(?:nog (?:iets|vragen|ergens)|verder (?:nog )?(?:iets|helpen|van dienst)|anders)\b/,
  /\b(?:cos jeszcze|jeszcze w czyms|w czyms jeszcze|inne pytania)\b|\bbaska (?:bir|sorunuz|nasil)|(?:еще|что нибудь|чем еще|другие вопросы)/,
  // ar, hi, zh, ja, ko
  /(?:شيء اخر|شي ثاني|مساعدة اخرى|اسئلة اخرى)|(?:और कुछ|कुछ और|और कोई)|(?:其他|别的|還有|还有)|(?:他に|ほかに)|(?:다른|더 필요|더 도와)/,
];

const ASKS_TO_CONFIRM =
  /\b(?:please (?:confirm|verify|review|check|give|tell|let me know|provide|share)|(?:to|need your|give the|lets|let me|just|give me|give|your) (?:the )?(?:confirm\w*|verify|verification)|confirm(?:ing)?\b|verify(?:ing)?\b|correct|is (?:this|that|it) (?:right|ok|okay|fine)|let me know|tell me|would you like|do you want|shall i|should i|you (?:want|would like|wish|need) (?:me )?to|por favor confirm\w*|confirma(?!tion|cion|cao|d[oa])\w*|confirmez|bitte bestatigen\w*|confermi|conferma(?!t)\w*|bevestig\w*|potwierdz\w*|onayl\w*|подтверд\w*)/;

/** What an agent's message leaves open: an offer of more help, a question of its own, or nothing. */
export function openingOf(agentText: string | null): Opening {
  if (agentText === null || agentText.trim() === '') return 'none';
  const last = sentences(agentText.slice(-600)).slice(-3).map(fold);
  const asked = last.filter((sentence) => /[?？؟]/.test(sentence));
  if (asked.length > 0) {
    const final = asked[asked.length - 1] as string;
    return offersMore(final) ? 'more' : 'question';
  }
  const final = last[last.length - 1] ?? '';
  if (offersMore(final)) return 'more';
  return last.some((sentence) => ASKS_TO_CONFIRM.test(sentence) && !offersMore(sentence)) ? 'question' : 'none';
}

function offersMore(sentence: string): boolean {
  const plain = sentence.replace(/[?？؟.!]+\s*$/u, '').trim();
  return MORE.some((pattern) => pattern.test(plain));
}

/**
 * Decides whether the unanswered messages warrant a reply. They do not when, courtesies set aside, nothing is left of
 * them, and the agent had not asked something that they answer. When in doubt they do.
 * @param texts the messages, oldest first
 * @param agentText what the agent had said last, if anything
 */
export function replyNeed(texts: string[], agentText: string | null): ReplyNeed & { courtesy: Courtesy } {
  const courtesy = readCourtesy(texts.join('\n'));
  const opening = openingOf(agentText);
  const said = fold(texts.join('\n'));
  const need = BITTER.test(said)
    ? yes('thanks, but bitterly', 'complaint', 0.8)
    : opening !== 'more' && EAGER.test(said)
      ? yes('agrees to go on', 'confirmation', 0.8)
      : decide(courtesy, opening);
  return { ...need, courtesy };
}

/** Agrees to more than it thanks for: "thanks, let's do it". */
const EAGER = /\b(?:lets (?:do|go|book|take|make|proceed|get)|ill take (?:it|that|one|them|those|both)|go ahead)\b/;

const BITTER =
  /\b(?:done|did|does|do|doing|changed|changes) nothing\b|\bnothing (?:is|was|has been|got|gets|ever) done\b|\b(?:thanks for nothing|thank you for nothing|gracias por nada|obrigad[oa] por nada|merci pour rien|danke fur (?:nichts|gar nichts)|grazie per niente|bedankt voor niets)\b/;

const yes = (reason: string, reasonCode: string, certainty: number): ReplyNeed => ({ needsReply: true, reason, reasonCode, certainty });
const no = (reason: string, reasonCode: string, certainty: number): ReplyNeed => ({ needsReply: false, reason, reasonCode, certainty });

function decide(courtesy: Courtesy, opening: Opening): ReplyNeed {
  const { counts, residue, questionMarks } = courtesy;
  if (courtesy.badEmoji > 0 && residue.length === 0) return yes('shows displeasure', 'complaint', 0.6);
  if (residue.length > 0) {
    if (questionMarks > 0) return yes('asks a question', 'question', 0.97);
    if (closesFreely(courtesy, opening)) return no('takes leave in words of its own', 'closing', 0.7);
    return opening === 'question'
      ? yes('answers the agent', 'answer', 0.95)
      : yes('says something that wants an answer', 'request', residue.length > 1 ? 0.95 : 0.8);
  }
  const parting = counts.thanks + counts.bye + counts.wish + counts.praise;
  const kinds = parting + counts.done + counts.no + counts.yes + counts.ack + counts.greet;
  if (kinds === 0) {
    if (courtesy.emoji > 0 && courtesy.tokens === courtesy.emoji)
      return opening === 'question' ? yes('answers with an emoji', 'answer', 0.6) : no('only an emoji', 'emoji', 0.9);
    return yes('says something that wants an answer', 'request', 0.6);
  }
  if (counts.greet > 0 && parting + counts.done === 0) return yes('a greeting', 'greeting', 0.9);
  if (questionMarks > 0 && counts.thanks + counts.bye + counts.wish === 0) return yes('asks a question', 'question', 0.7);
  if (opening === 'question') return duringQuestion(courtesy, parting);
  if (opening !== 'more' && counts.no > 0 && parting + counts.done + counts.ack === 0) return yes('says no to the agent', 'answer', 0.6);
  if (opening === 'more' && counts.yes > 0 && parting + counts.done + counts.no === 0) return yes('says yes to the agent', 'confirmation', 0.7);
  if (opening === 'none' && counts.yes > 0 && parting + counts.done + counts.no === 0) return yes('says yes to the agent', 'confirmation', 0.6);
  return quietly(courtesy);
}

/** English that thanks, says goodbye or declines, and asks for nothing in what else it says. To a question of the agent's own only a no with thanks does. */
function closesFreely({ counts, english, badEmoji }: Courtesy, opening: Opening): boolean {
  if (!english || badEmoji > 0 || !asksNothing(english.left)) return false;
  const leaves = counts.thanks + counts.bye + counts.wish > 0;
  const declined = [english.first, ...english.left].some(declines);
  if (opening === 'question') return leaves && declined;
  return leaves || counts.praise > 0 || (opening === 'more' && (declined || counts.done > 0));
}

/** The agent had asked something of its own: a bare yes, no or "great" answers that; thanks and a goodbye alone do not. */
function duringQuestion({ counts }: Courtesy, parting: number): ReplyNeed {
  if (counts.yes > 0 && counts.no === 0) return yes('says yes to the agent', 'confirmation', 0.9);
  if (parting > 0 || (counts.no > 0 && counts.done > 0))
    return parting > 0 && counts.no + counts.bye + counts.done === 0 && counts.ack > 0
      ? yes('agrees to what the agent asked', 'confirmation', 0.6)
      : no(counts.no > 0 ? 'declines, with nothing left open' : 'a bare thank-you', counts.no > 0 ? 'closing' : 'thanks', 0.75);
  return yes('answers the agent', 'answer', 0.85);
}

function quietly({ counts }: Courtesy): ReplyNeed {
  if (counts.done > 0 || counts.no > 0) return no('says that nothing is left to do', 'closing', 0.95);
  if (counts.bye > 0) return no(counts.thanks > 0 ? 'thanks and a goodbye' : 'a goodbye', 'goodbye', 0.96);
  if (counts.thanks > 0) return no('a bare thank-you', 'thanks', 0.97);
  if (counts.praise > 0 || counts.wish > 0) return no('kind words that ask for nothing', 'thanks', 0.93);
  return no('a bare acknowledgement', 'acknowledgement', 0.92);
}
