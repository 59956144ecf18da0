import type { Risk } from '../contract/draft.ts';

/** What a reply did and says. */
export interface Reply {
  text: string;
  skills: readonly { name: string; risk: 'low' | 'medium' | 'high' }[];
  /** It did not know. */
  fallback: boolean;
  frustration: number;
  /** 0 to 1, of the classifier's word. */
  certainty: number;
}

/** A sum of money, by sign or code, before or behind the number. */
const MONEY = /(?:[$€£¥₹]|\b(?:usd|eur|gbp|chf|brl|mxn|aed|sar)\b)\s?\d|(?<![\d.,])\d[\d.,]*\s?(?:[$€£¥₹]|(?:usd|eur|gbp|chf|brl|mxn|aed|sar|euros?|dollars?|pounds?|reais|pesos)\b)/iu;
/** Money given back or off, in the languages that agents mostly write. */
const GIVES = /(?<!\p{L})(?:refund(?:ed|ing|s)?|reimburse\p{L}*|compensat\p{L}*|voucher|discount|credit(?:ed)? (?:your|to)|reembols\p{L}+|devolv\p{L}+ (?:el|o) (?:dinero|dinheiro|valor)|descuento|desconto|erstatt\p{L}+|gutschrift|rabatt|rembours\p{L}+|remise|rimbors\p{L}+|sconto|korting|terugbetal\p{L}+)(?!\p{L})|استرداد|خصم|تعويض/iu;
/** A promise in the team's name. */
const PROMISES = /\b(?:i|we)(?:['’]ll| will| can)? (?:promise|guarantee|ensure|make sure)|\b(?:guaranteed|garantizamos|le garantizo|garantimos|garantieren|wir versprechen|nous garantissons|garantiamo)\b|نضمن|نعدك/iu;
/** A change to the customer's account. */
const CHANGES = /\b(?:i|we)(?:['’]ve| have)? (?:cancel(?:led|ed)?|chang(?:e|ed)|updat(?:e|ed)|delet(?:e|ed)|clos(?:e|ed)|upgrad(?:e|ed)|downgrad(?:e|ed)) your\b/iu;

/**
 * How much a reply risks: money, promises and changes to an account stage it, as does a skill that carries risk.
 * Reasons are stable words that screens translate.
 */
export function assessRisk(reply: Reply): Risk {
  const high: string[] = [];
  const medium: string[] = [];
  for (const skill of reply.skills) {
    if (skill.risk === 'high') high.push('skill');
    if (skill.risk === 'medium') medium.push('skill');
  }
  if (GIVES.test(reply.text)) high.push('money');
  else if (MONEY.test(reply.text)) medium.push('money');
  if (PROMISES.test(reply.text)) high.push('promise');
  if (CHANGES.test(reply.text)) high.push('account_change');
  if (reply.frustration >= 0.5) medium.push('sentiment');
  if (reply.certainty < 0.5) medium.push('uncertain');
  if (reply.fallback) medium.push('no_answer');
  const reasons = [...new Set([...high, ...medium])];
  return { level: high.length > 0 ? 'high' : medium.length > 0 ? 'medium' : 'low', reasons };
}
