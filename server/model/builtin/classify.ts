import type { ClassifyData, PromptMessage } from '../../pipeline/prompt.ts';
import { asksForHuman, routeOf } from './human.ts';
import { intentOf } from './intent.ts';
import { detectLanguage } from './language.ts';
import { replyNeed } from './reply-need.ts';
import { readMood } from './signals.ts';

/** What the team's side said last, if it spoke at all. */
export function lastFromTeam(history: PromptMessage[]): string | null {
  for (let at = history.length - 1; at >= 0; at -= 1) {
    const entry = history[at] as PromptMessage;
    if (entry.author === 'agent' || entry.author === 'operator') return entry.text;
    if (entry.author === 'contact') return null;
  }
  return null;
}

/** The classifier's answer, in the shape that the classifier's schema asks for. */
export function classifyOffline(data: ClassifyData): Record<string, unknown> {
  const agentText = lastFromTeam(data.history);
  const need = replyNeed(data.messages, agentText);
  const human = asksForHuman(data.messages, agentText);
  const mood = readMood(data.messages);
  const needsReply = need.needsReply || human;
  const reasonCode = human ? 'request' : mood.frustration >= 0.45 && need.needsReply ? 'complaint' : need.reasonCode;
  return {
    needsReply,
    reason: human ? 'asks for a person' : reasonCode === 'complaint' ? 'complains about something' : need.reason,
    reasonCode,
    cardId: null,
    intent: intentOf(data.messages, data.intents, {
      reasonCode,
      asksForHuman: human,
      frustration: mood.frustration,
      asksQuestion: need.courtesy.questionMarks > 0 || need.reasonCode === 'question',
    }),
    asksForHuman: human,
    route: human ? routeOf(data.messages) : null,
    urgency: needsReply ? mood.urgency : 'low',
    frustration: mood.frustration,
    language: languageOf(data),
    certainty: need.certainty,
  };
}

/** Of the new messages; where they are too short to tell, of what the contact wrote before. */
function languageOf(data: ClassifyData): string | null {
  const own = detectLanguage(data.messages.join('\n'));
  if (own) return own;
  for (let at = data.history.length - 1; at >= 0; at -= 1) {
    const entry = data.history[at] as PromptMessage;
    const found = entry.author === 'contact' ? detectLanguage(entry.text) : null;
    if (found) return found;
  }
  return data.contact.language;
}
