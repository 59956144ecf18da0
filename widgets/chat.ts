/** The customer's entry: `<conv-chat>`, whose panel is fetched when it is first opened. */
export { ConvChat, type ConvChatEvents } from './elements/conv-chat.ts';
export { registerLocale, type LocaleTexts } from './locales/own.ts';
