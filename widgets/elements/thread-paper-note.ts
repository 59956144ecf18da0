import { deskTexts } from '../locales/desk.ts';
import type { desk } from '../locales/en/desk.ts';
import type { ConvElement } from '../ui/base.ts';
import { toast } from '../ui/toast.ts';
import { words, type Spoken } from '../ui/words.ts';
import type { ConvThread } from './conv-thread.ts';

/** What is said of a conversation on paper, in the language of the lines. */
export const paperWords = (host: ConvElement): Spoken<typeof desk> => words(host, deskTexts);

/**
 * Says that not all was printed, with the way to all of it.
 * @param host the lines, which stand in the shadow root of the conversation that prints them
 */
export function offerWhole(host: ConvElement, text: string, label: string): void {
  const { host: thread } = host.getRootNode() as ShadowRoot;
  toast(host, { text, dismiss: '', acts: [{ label, run: () => void (thread as ConvThread).act('print') }] });
}
