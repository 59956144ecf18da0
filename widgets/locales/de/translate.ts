import type { Translated } from '../catalogue.ts';
import type { translate as english } from '../en/translate.ts';

export const translate: Translated<typeof english> = {
  message: 'Diese Nachricht übersetzen',
  draft: 'Diesen Entwurf übersetzen',
  original: 'Original zeigen',
  again: 'Übersetzung zeigen',
  busy: 'Wird übersetzt',
  from: (language) => `Übersetzt, Original: ${language}`,
  translated: 'Übersetzt',
  byBrowser: 'vom Browser',
  sentIn: (language) => `Gesendet auf ${language}`,
  written: (language) => `Geschrieben auf ${language}`,
  showWritten: 'Zeigen, was geschrieben wurde',
  showSent: 'Zeigen, was gesendet wurde',
  same: (language) => `Schon auf ${language}`,
  none: 'Hier gibt es keine Übersetzung. Ein Admin kann ein Modell dafür einrichten.',
  failed: 'Das wurde nicht übersetzt.',
  retry: 'Noch einmal',
  to: (language) => `Übersetzen: ${language}`,
  before: (language) => `Vor dem Senden übersetzen: ${language}`,
  goesOut: (language) => `Wird auf ${language} gesendet.`,
  kept: 'Was Sie geschrieben haben, bleibt für das Team erhalten.',
  back: 'Zurück zu meinem Text',
  wentOn: 'Sie haben weitergeschrieben, darum wurde nichts ersetzt.',
};
