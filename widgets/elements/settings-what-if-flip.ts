import { html, nothing, type TemplateResult } from 'lit';
import type { Decision } from '../../server/contract/message.ts';
import type { WhatIfDecision } from '../../server/contract/classifier.ts';
import { channelGlyph } from '../ui/channels.ts';
import { icon } from '../ui/icon.ts';
import { card, flag, next, robot } from '../ui/icons.ts';
import { face } from '../ui/people.ts';
import { fullTime, sameDay, shortDate, timeOfDay } from '../ui/time.ts';
import type { ClassifierWords } from './settings-what-if.ts';
import { whyInWords } from './why.ts';

/** One message that would be decided otherwise: who wrote what, how it comes out now and then, and what decides. */
export function flipLine(
  { contact, channel, text, at, now, then, looksWrong, conversationId }: WhatIfDecision,
  words: ClassifierWords,
  cardTitle: (id: string) => string | undefined,
): TemplateResult {
  const { t, tag } = words;
  const { whatIf: said } = t;
  const today = Date.now();
  const word = ({ replied }: Decision): string => (replied ? said.wasAnswered : said.wasQuiet);
  return html`<li data-conversation=${conversationId}>${face({ id: contact.id, name: contact.name }, 32, channel === 'custom' ? undefined : channelGlyph[channel])}<header><b class="cut"><bdi>${contact.name}</bdi></b><time datetime=${at} title=${fullTime(tag, at)}>${sameDay(at, today) ? timeOfDay(tag, at) : `${shortDate(tag, at, today)}, ${timeOfDay(tag, at)}`}</time></header>
    <blockquote dir="auto">${text}</blockquote>
    <p class="flip">${word(now)}${icon(next, 'xs')}<span class="to ${then.replied ? 'answers' : 'quiet'}">${word(then)}</span><span class="cite">${icon(then.cardId ? card : robot, 'sm')}<bdi>${decider(then, words, cardTitle)}</bdi></span>${
      looksWrong ? html`<span class="sig copper">${icon(flag, 'sm')}${said.wrong[looksWrong]}</span>` : nothing
    }</p></li>`;
}

/** What decided, and why. */
function decider({ by, cardId, reason, why }: Decision, { t, tag }: ClassifierWords, cardTitle: (id: string) => string | undefined): string {
  if (by === 'card') return cardTitle(cardId ?? '') || reason;
  return why?.code === 'instruction' ? `${t.whatIf.instruction}: ${why.value ?? ''}` : `${t.whatIf.model}: ${whyInWords(why, tag) ?? reason}`;
}
