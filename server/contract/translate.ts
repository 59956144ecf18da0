import { z } from 'zod';
import { MessageText } from './common.ts';
import { endpoint } from './endpoint.ts';

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** A language that there is, as BCP 47 writes it: `PT-br` becomes `pt-BR`; null for anything else. */
function languageTag(text: string): string | null {
  try {
    const [tag] = Intl.getCanonicalLocales(text);
    return tag && names.of(tag) ? tag : null;
  } catch {
    return null;
  }
}

export const LanguageTag = z
  .string()
  .max(35)
  .transform((text, context) => {
    const tag = languageTag(text);
    if (tag) return tag;
    context.addIssue({ code: 'custom', message: 'is no language; write a tag such as pt-BR' });
    return z.NEVER;
  });

/** What was written before it was translated for the customer: its words, their language where it is known, and that of what is sent. */
export const Original = z.strictObject({ text: MessageText, from: LanguageTag.nullish(), to: LanguageTag });
export type Original = z.infer<typeof Original>;

const Translate = z.strictObject({
  to: LanguageTag,
  /** Nobody asked for this one: what is in that language already, as far as can be told without a model, is answered as it is. */
  automatic: z.boolean().optional(),
  /** Of a call: which of its turns, the first being 0. What they say is answered a line each, in their order. */
  turns: z.strictObject({ from: z.int().min(0).max(100_000), count: z.int().min(1).max(20) }).optional(),
});
const TranslateText = z.strictObject({ text: MessageText, to: LanguageTag });
/** `provider` is the model's name; `original` where it was written in that language, or is in it already. */
export const Translation = z.object({ text: z.string(), from: z.string().nullable(), to: z.string(), provider: z.string() });
export type Translation = z.infer<typeof Translation>;

export const translateEndpoints = {
  translateMessage: endpoint({
    method: 'post',
    path: '/v1/messages/:id/translate',
    audience: 'operator',
    summary: 'What a message, a note or some turns of a call say in another language',
    body: Translate,
    status: 200,
    response: Translation,
    errors: ['translation_unavailable', 'rate_limited'],
  }),
  translateText: endpoint({
    method: 'post',
    path: '/v1/conversations/:id/translate',
    audience: 'operator',
    summary: 'Translate what is about to be sent; nothing of it is kept',
    body: TranslateText,
    status: 200,
    response: Translation,
    errors: ['translation_unavailable', 'rate_limited'],
  }),
};
