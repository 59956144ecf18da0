import { compileCards, decideByCards } from './card-rules.ts';
import { announcement, holds, plain } from './said.ts';
import type { Intention } from './said.ts';

const KINDS: Record<string, string> = {
  thanks: 'thank-yous',
  closing: 'thank-yous',
  goodbye: 'goodbyes',
  greeting: 'greetings',
  acknowledgement: 'acknowledgements',
  emoji: 'emoji',
};
const SAYS: Record<Intention, string> = {
  call: 'they will call',
  return: 'they will get back to us',
  think: 'they will think about it',
  wait: 'they will wait',
};
/** Words that say little of what a message is about. */
const COMMON = new Set(
  'about after again also anyway because been before could customer does doing dont from going good have hello here into just know like make more much need okay only over please really said same should some still sure tell than thank thanks that their them then there they this today tomorrow until very want well were what when where which while will with would your gracias para pero como esta este todo bien obrigado obrigada mais para como voce danke bitte noch aber auch nicht eine einen haben kann'.split(
    ' ',
  ),
);
/** Words of a message short enough to be named whole. */
const SHORT = 5;

/**
 * The text of a card that would have decided a message so, by a rule, as narrow as such rules get.
 * @param kind of the message, as the classifier's reason code for the words alone
 * @returns null where no rule in plain words would
 */
export function suggestCard(text: string, needsReply: boolean, kind: string): string | null {
  return (
    candidates(text, needsReply, kind).find(
      (card) => decideByCards(compileCards([{ id: 'suggestion', text: card }]), [text], () => kind)?.needsReply === needsReply,
    ) ?? null
  );
}

function candidates(text: string, needsReply: boolean, kind: string): string[] {
  const folded = plain(text);
  const words = folded.match(/[\p{L}\p{N}'-]+/gu) ?? [];
  const telling = words.filter((word) => word.length > 3 && !COMMON.has(word)).toSorted((a, b) => b.length - a.length)[0];
  const whole = words.length > 0 && words.length <= SHORT ? words.join(' ') : null;
  const named = KINDS[kind];
  if (needsReply) {
    return [
      ...(holds(text, 'money') ? ['Always reply when someone mentions a sum of money.'] : []),
      ...(holds(text, 'question') ? ['Always reply when there is a question.'] : []),
      ...(telling ? [`Always reply when someone mentions "${telling}".`] : []),
      ...(named ? [`Always reply to ${named}.`] : []),
      ...(whole ? [`Always reply when someone says "${whole}".`] : []),
    ];
  }
  const says = (Object.keys(SAYS) as Intention[])
    .filter((intention) => announcement(folded, intention) !== null)
    .map((intention) => `Stay quiet when a customer only says that ${SAYS[intention]}.`);
  return [
    ...says,
    ...(named ? [`Stay quiet on ${named}.`] : []),
    ...(whole ? [`Stay quiet when a customer only says "${whole}".`] : []),
    ...(telling ? [`Stay quiet when someone mentions "${telling}".`] : []),
  ];
}
