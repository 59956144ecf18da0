import { withoutMentions } from '../../domain/mention.ts';
import { articleList } from '../../pipeline/prompt-articles.ts';
import type { ComposeData } from '../../pipeline/prompt.ts';
import { quoteFor } from './answer.ts';
import type { Article, Quote } from './answer.ts';
import { lastFromTeam } from './classify.ts';
import { conceptWords, lookUp, topicsOf } from './concepts.ts';
import { applyHouseRules } from './house-rules.ts';
import { asksForHuman, routeOf } from './human.ts';
import { detectLanguage } from './language.ts';
import { phrasesOf } from './phrases.ts';
import { follow } from './playbook.ts';
import { openingOf, replyNeed } from './reply-need.ts';
import { sentences } from './text.ts';

/** A tool call that was made in this reply, with its result once there is one. */
export interface PastCall {
  name: string;
  input: unknown;
  output: unknown;
}

/** What to do next: say something and be done, or call tools first. */
export type Move = { text: string } | { calls: { name: string; input: Record<string, unknown> }[] };

/** Separate questions that are looked up for one reply. */
const MAX_QUESTIONS = 3;
const QUERY_CHARS = 300;

/**
 * Decides the next step of a reply without any network: a courtesy for a courtesy, a person for who asks for one,
 * else quotations from the knowledge articles, else "I do not know".
 * @param tools names of the tools that are offered in this step
 */
export function nextMove(given: ComposeData, tools: ReadonlySet<string>, past: PastCall[]): Move {
  const data = given.mentioned ? { ...given, messages: given.messages.map((message) => withoutMentions(message, given.agentName)) } : given;
  const agentText = lastFromTeam(data.history);
  const language = data.language ?? detectLanguage(data.messages.join('\n')) ?? data.contact.language ?? data.agentLanguages[0] ?? null;
  const say = (text: string): Move => ({ text: applyHouseRules(text, data.cards, data.messages) });
  if (asksForHuman(data.messages, agentText) && tools.has('hand_off')) {
    const route = routeOf(data.messages);
    return { calls: [{ name: 'hand_off', input: { reason: 'asks for a person', ...(route ? { route } : {}) } }] };
  }
  const flow = follow(data, tools, past, language);
  if (flow?.move) return flow.move;
  const courtesy = courtesyFor(data, agentText, language);
  const { ask } = flow ?? { ask: null };
  if (courtesy !== null) return say(ask ?? courtesy);
  if (ask && !flow?.asksBack) return say(ask);
  if (past.some((call) => call.name === 'cannot_answer')) return say(phrasesOf(language).unknown);

  const questions = questionsOf(data);
  const searches = past.filter((call) => call.name === 'search_knowledge');
  if (searches.length === 0 && tools.has('search_knowledge'))
    return { calls: queriesFor(questions, language).map((query) => ({ name: 'search_knowledge', input: { query } })) };
  const articles = uniqueArticles(searches);
  const quotes = questions.map((question) => quoteFor(question, articles, language));
  if (quotes.every((quote) => quote === null)) {
    if (ask) return say(ask);
    return tools.has('cannot_answer')
      ? { calls: [{ name: 'cannot_answer', input: { missing: questions.join(' ').slice(0, 160) } }] }
      : say(phrasesOf(language).unknown);
  }
  return say([quoteAll(quotes, language), ...(ask ? [ask] : [])].join('\n\n'));
}

/**
 * What is looked up for questions. In English their telling words: the others stand in every article. In another language
 * the questions as they are, since those others find articles of that language, and in English what they are about.
 */
function queriesFor(questions: string[], language: string | null): string[] {
  if (language?.startsWith('en')) return questions.map((question) => lookUp(question).slice(0, QUERY_CHARS));
  const english = conceptWords(new Set(questions.flatMap((question) => [...topicsOf(question).concepts])));
  return [...questions, ...(english === '' ? [] : [english])].map((query) => query.slice(0, QUERY_CHARS));
}

function courtesyFor(data: ComposeData, agentText: string | null, language: string | null): string | null {
  const need = replyNeed(data.messages, agentText);
  const phrases = phrasesOf(language);
  if (need.reasonCode === 'greeting') return phrases.greeting;
  if (need.reasonCode === 'confirmation' && openingOf(agentText) !== 'question') return phrases.noted;
  if (need.needsReply) return null;
  if (need.reasonCode === 'goodbye') return phrases.goodbye;
  return need.reasonCode === 'thanks' || need.reasonCode === 'closing' ? phrases.thanks : phrases.noted;
}

/** What was asked, each question by itself; what is too short to look up gets the customer's words before it along. */
function questionsOf(data: ComposeData): string[] {
  const pieces = data.messages
    .flatMap((message) => sentences(message.slice(0, 2_000)))
    .filter((piece) => replyNeed([piece], null).needsReply && replyNeed([piece], null).reasonCode !== 'greeting');
  const asked = pieces.flatMap((piece, index) => (/[?？؟]/.test(piece) ? [wholeQuestion(pieces, index)] : []));
  const chosen = asked.length > 0 ? asked.slice(0, MAX_QUESTIONS) : [pieces.join(' ') || data.messages.join(' ')];
  const before = data.history.filter((entry) => entry.author === 'contact').at(-1)?.text ?? '';
  return chosen.map((question) => {
    const topics = topicsOf(question);
    return topics.concepts.size + topics.stems.size === 0 && before ? `${before.slice(0, 160)} ${question}` : question;
  });
}

/** A question that was sent in several messages, or that leans on what was said before it: with as much of that as it takes to be about something. */
function wholeQuestion(pieces: string[], end: number): string {
  let start = end;
  const words = () => pieces.slice(start, end + 1).join(' ');
  const says = () => {
    const { concepts, stems } = topicsOf(words());
    return concepts.size + stems.size > 0;
  };
  while (start > 0 && !says()) start -= 1;
  return words();
}

function uniqueArticles(searches: PastCall[]): Article[] {
  const byId = new Map<string, Article>();
  for (const { output } of searches) {
    for (const entry of articleList(output)) {
      if (typeof entry !== 'object' || entry === null) continue;
      const { id, title, text, language } = entry as Record<string, unknown>;
      if (typeof id !== 'string' || typeof title !== 'string' || typeof text !== 'string') continue;
      byId.set(id, { id, title, text, language: typeof language === 'string' ? language : null });
    }
  }
  return [...byId.values()];
}

function quoteAll(quotes: (Quote | null)[], language: string | null): string {
  const phrases = phrasesOf(language);
  const seen = new Set<string>();
  const parts: string[] = [];
  for (const quote of quotes) {
    if (quote === null || seen.has(quote.text)) continue;
    seen.add(quote.text);
    parts.push(`${phrases.lead.replace('{title}', () => quote.article.title)} ${quote.text}`);
  }
  if (quotes.includes(null)) parts.push(phrases.partly);
  return parts.join('\n\n');
}
