import type { Risk } from '../contract/draft.ts';
import type { RiskKind, RiskRule } from '../contract/risk.ts';
import { hasKeyword } from './keywords.ts';

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
const MONEY =
  /(?:[$€£¥₹]|\b(?:usd|eur|gbp|chf|brl|mxn|aed|sar)\b)\s?(\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d[\d.,]*)|(?<![\d.,])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d[\d.,]*)\s?(?:[$€£¥₹]|(?:usd|eur|gbp|chf|brl|mxn|aed|sar|euros?|dollars?|pounds?|reais|pesos)\b)/giu;
/** Money given back or off, in the languages that agents mostly write. */
const GIVES =
  /(?<!\p{L})(?:refund(?:ed|ing|s)?|reimburse\p{L}*|compensat\p{L}*|voucher|discount|credit(?:ed)? (?:your|to)|reembols\p{L}+|devolv\p{L}+ (?:el|o) (?:dinero|dinheiro|valor)|descuento|desconto|erstatt\p{L}+|gutschrift|rabatt|rembours\p{L}+|remise|rimbors\p{L}+|sconto|korting|terugbetal\p{L}+)(?!\p{L})|استرداد|خصم|تعويض/iu;
/** Alternatives as whole words, in any script. */
const anyOf = (...parts: string[]): RegExp => new RegExp(String.raw`(?<!\p{L})(?:${parts.join('|')})(?!\p{L})`, 'iu');

/** A promise in the team's name, in the languages that agents mostly write. */
const PROMISES = anyOf(
  String.raw`(?:i|we)(?:['’]ll| will| can)? (?:promise|guarantee|ensure|make sure)`,
  'guaranteed',
  String.raw`you have (?:my|our) word`,
  String.raw`(?:le |les |te |os |se lo )?(?:prometo|prometemos|garantizo|garantizamos|aseguro|aseguramos)`,
  'nos aseguraremos',
  'garantizad[oa]s?',
  String.raw`(?:prometo|prometemos|garanto|garantimos|asseguro|asseguramos|garantid[oa]s?)`,
  String.raw`(?:ich|wir) (?:verspreche|versprechen|garantiere|garantieren)`,
  String.raw`(?:verspreche|versprechen|garantiere|garantieren) (?:ich|wir)`,
  'garantieren',
  'garantiert',
  String.raw`(?:sichere|sichern) (?:ich |wir )?(?:ihnen|dir|euch)[^.!?]{0,60} zu`,
  String.raw`(?:je|nous) (?:vous |te )?(?:promets|promettons|garantis|garantissons|assure|assurons)`,
  'garantissons',
  'promett(?:o|iamo)',
  'garantisco',
  'garantiamo',
  'beloof',
  'beloven',
  'garandeer',
  'garanderen',
  '[وف]?(?:نضمن|أضمن|نعد(?:ك|كم)|أعد(?:ك|كم)|نتعهد|أتعهد)',
);
/** A change to the customer's account, done or said to be done. */
const CHANGES = anyOf(
  String.raw`(?:i|we)(?:['’]ve| have)?(?: now| just| gone ahead and)? (?:cancel(?:led|ed)?|chang(?:e|ed)|updat(?:e|ed)|delet(?:e|ed)|clos(?:e|ed)|upgrad(?:e|ed)|downgrad(?:e|ed)) your`,
  String.raw`(?:he|hemos) (?:cancelado|cambiado|modificado|actualizado|eliminado|borrado|cerrado|dado de baja) (?:su|tu|vuestr[oa])s?`,
  String.raw`(?:cancelé|cancelamos|cambié|cambiamos|modifiqué|actualicé|actualizamos|eliminé|eliminamos|cerré|cerramos) (?:su|tu)s?`,
  String.raw`(?:cancelei|cancel[aá]mos|alterei|alter[aá]mos|mudei|atualizei|atualiz[aá]mos|eliminei|elimin[aá]mos|exclu[ií]|exclu[ií]mos|apaguei|apag[aá]mos|fechei|fech[aá]mos|encerrei|encerr[aá]mos) (?:[ao]s? )?(?:sua|seu|tua|teu|vossa|vosso)s?`,
  String.raw`(?:ich habe|wir haben|habe ich|haben wir) (?:ihre?|deine?|eure?)[mnrs]?[^.!?]{0,60} (?:storniert|gekündigt|geändert|aktualisiert|gelöscht|geschlossen|umgestellt|hochgestuft|herabgestuft)`,
  String.raw`(?:j['’]ai|nous avons|on a) (?:annulé|modifié|changé|mis à jour|supprimé|clôturé|fermé|résilié) (?:votre|vos|ton|ta|tes)`,
  String.raw`(?:ho|abbiamo) (?:annullato|cancellato|modificato|cambiato|aggiornato|eliminato|chiuso|disdetto) (?:il|la|i|le|lo)? ?(?:suo|sua|tuo|tua|vostr[oa])`,
  String.raw`(?:ik heb|we hebben|wij hebben) (?:uw|je|jouw)[^.!?]{0,60} (?:geannuleerd|gewijzigd|bijgewerkt|verwijderd|gesloten|opgezegd)`,
  String.raw`[وف]?(?:(?:لقد |قد )?(?:ألغي(?:ت|نا)|غي[ّ]?ر(?:ت|نا)|عد[ّ]?ل(?:ت|نا)|حد[ّ]?ث(?:ت|نا)|حذف(?:ت|نا)|أغلق(?:ت|نا))|(?:قمت|قمنا) ب(?:إلغاء|تغيير|تعديل|تحديث|حذف|إغلاق)|تم (?:إلغاء|تغيير|تعديل|تحديث|حذف|إغلاق)) (?:حسابك|اشتراكك|طلبك|عنوانك|بياناتك|حسابكم|اشتراككم|طلبكم|عنوانكم|بياناتكم)`,
);

/** What holds where a team has said nothing else. A skill is as risky as it is marked. */
const USUAL: Readonly<Record<RiskKind, { level: Risk['level']; over: number }>> = {
  skill: { level: 'high', over: 0 },
  money: { level: 'medium', over: 0 },
  money_given: { level: 'high', over: 0 },
  promise: { level: 'high', over: 0 },
  account_change: { level: 'high', over: 0 },
  sentiment: { level: 'medium', over: 0.5 },
  uncertain: { level: 'medium', over: 0.5 },
  no_answer: { level: 'medium', over: 0 },
  words: { level: 'high', over: 0 },
};
const RANK: readonly Risk['level'][] = ['low', 'medium', 'high'];

/** The sums in a text. A last separator with one or two digits behind it is a decimal one: "1.200,50" and "1,200.50" are the same. */
export function amountsIn(text: string): number[] {
  return [...text.matchAll(MONEY)].map(([, before, behind]) => {
    const digits = (before ?? behind ?? '').replaceAll(/[\s\u00a0\u202f]/g, '').replace(/[.,]+$/, '');
    const cents = /[.,](\d{1,2})$/.exec(digits);
    const whole = cents ? digits.slice(0, cents.index) : digits;
    return Number(`${whole.replaceAll(/[.,]/g, '')}.${cents?.[1] ?? '0'}`);
  });
}

/**
 * How much a reply risks: money, promises and changes to an account stage it, as does a skill that carries risk, unless the
 * team's rules say otherwise. Reasons are stable words that screens translate, the gravest first.
 */
export function assessRisk(reply: Reply, rules: readonly RiskRule[] = []): Risk {
  const found: { level: Risk['level']; reason: string }[] = [];
  const add = (kind: RiskKind, holds: (over: number, words: readonly string[]) => boolean, marked?: Risk['level']): void => {
    const rule = rules.find((one) => one.kind === kind);
    const usual = USUAL[kind];
    if (!holds(rule?.over ?? usual.over, rule?.words ?? [])) return;
    const level = rule?.level ?? usual.level;
    // A skill keeps its own mark where that is less.
    const least = marked === undefined ? level : RANK[Math.min(RANK.indexOf(level), RANK.indexOf(marked))]!;
    if (least !== 'low') found.push({ level: least, reason: kind === 'money_given' ? 'money' : kind });
  };
  for (const skill of reply.skills) add('skill', () => true, skill.risk);
  const given = GIVES.test(reply.text);
  const amounts = amountsIn(reply.text);
  const most = amounts.length > 0 ? Math.max(...amounts) : null;
  add('money_given', (over) => given && (most === null || most >= over));
  if (!given) add('money', (over) => most !== null && most >= over);
  add('promise', () => PROMISES.test(reply.text));
  add('account_change', () => CHANGES.test(reply.text));
  add('words', (_over, words) => words.some((word) => hasKeyword(reply.text, word)));
  add('sentiment', (over) => reply.frustration >= over);
  add('uncertain', (over) => reply.certainty < over);
  add('no_answer', () => reply.fallback);
  const reasons = [...found.filter(({ level }) => level === 'high'), ...found.filter(({ level }) => level === 'medium')].map(({ reason }) => reason);
  return { level: found.some(({ level }) => level === 'high') ? 'high' : found.length > 0 ? 'medium' : 'low', reasons: [...new Set(reasons)] };
}
