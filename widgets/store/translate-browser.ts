/** What browsers that translate by themselves offer. */
interface BrowserTranslator {
  translate(text: string): Promise<string>;
}
interface TranslatorKind {
  availability(pair: Pair): Promise<'available' | 'downloadable' | 'downloading' | 'unavailable'>;
  create(pair: Pair): Promise<BrowserTranslator>;
}
interface DetectorKind {
  availability(): Promise<string>;
  create(): Promise<{ detect(text: string): Promise<readonly { detectedLanguage: string; confidence: number }[]> }>;
}
interface Pair {
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
}

const browser = globalThis as { Translator?: TranslatorKind; LanguageDetector?: DetectorKind };
/** How long a browser may take to fetch what it needs, in milliseconds: one that cannot never says so. */
const PATIENCE = 15_000;
const made = new Map<string, Promise<BrowserTranslator>>();

/** What the browser made of a text, and the language that it was in. */
export interface Translated {
  readonly text: string;
  readonly from: string;
}

/**
 * Translates with the browser's own translator, on this device.
 * @param quietly only where that needs nothing to be fetched: nobody asked for it
 * @returns undefined where the browser has none, or none for these languages
 */
export async function translateHere(text: string, from: string | undefined, to: string, quietly: boolean): Promise<Translated | undefined> {
  const { Translator } = browser;
  if (!Translator) return undefined;
  try {
    const sourceLanguage = from ?? (await detectHere(text));
    if (!sourceLanguage) return undefined;
    const pair = { sourceLanguage, targetLanguage: to };
    const there = await Translator.availability(pair);
    if (there === 'unavailable' || (quietly && there !== 'available')) return undefined;
    const key = `${sourceLanguage} ${to}`;
    const translator = made.get(key) ?? Translator.create(pair);
    made.set(key, translator);
    translator.catch(() => made.delete(key));
    const said = translator.then((one) => one.translate(text));
    const given = await Promise.race([said, new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE))]);
    if (given === undefined) made.delete(key);
    return given === undefined ? undefined : { text: given, from: sourceLanguage };
  } catch {
    return undefined;
  }
}

async function detectHere(text: string): Promise<string | undefined> {
  const { LanguageDetector } = browser;
  if (!LanguageDetector || (await LanguageDetector.availability()) !== 'available') return undefined;
  const [best] = await (await LanguageDetector.create()).detect(text);
  return best && best.confidence > 0.5 ? best.detectedLanguage : undefined;
}
