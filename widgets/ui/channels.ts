import { chat, email, instagram, linkedin, sms, voice, whatsapp, type Glyph } from './icons.ts';

/** The icon of each channel. */
export const channelGlyph = { chat, email, sms, whatsapp, instagram, voice, linkedin } satisfies Record<string, Glyph>;
