import type { Glyph } from '../ui/icons.ts';

/** Of the tools of a mail, those that no other place has. */
export const underline: Glyph = ['M4.5 2.75v4.75a3.5 3.5 0 0 0 7 0V2.75M3.75 13.5h8.5'];
export const numbers: Glyph = ['M6.5 4h7M6.5 8h7M6.5 12h7M2.25 3.1l1.1-.6v3.1M2.2 10.6a.9.9 0 1 1 1.5.9l-1.5 1.9h1.8'];
export const quote: Glyph = ['M6.5 4.25C4.4 4.9 3 6.6 3 9v2.25h3.5V7.75H4.1M13 4.25C10.9 4.9 9.5 6.6 9.5 9v2.25H13V7.75h-2.4'];
export const clear: Glyph = ['M4.25 2.75h8.5M8.5 2.75 6.75 9.5M2.75 13.25h5M10 10.25l3.25 3.25M13.25 10.25 10 13.5'];
export const letters: Glyph = ['M1.75 12.25 5 3.75l3.25 8.5M2.85 9.5h4.3M14.25 7.5v4.75M14.25 9.9a2.15 2.15 0 1 1-4.3 0a2.15 2.15 0 1 1 4.3 0z'];
export const more: Glyph = ['M3.25 8h.01M8 8h.01M12.75 8h.01', 'i-dots'];
