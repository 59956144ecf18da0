/** The drawing of an icon: its path on a 16px grid, extra classes (`i-flip` mirrors it in right-to-left text), and a thinner second path. */
export type Glyph = readonly [path: string, look?: string, thin?: string];

// Drawn inside 14 of 16px, stroke 1.5, round caps and joins. A rounded square is an agent, a circle is a person, a
// dashed line is not said yet. Each is a constant of its own, so that a bundle carries only those that it shows.
export const robot: Glyph = [
  'M8 4V2M1.25 8.25v2M14.75 8.25v2M6 4h4a3 3 0 0 1 3 3v3.5a3 3 0 0 1-3 3h-4a3 3 0 0 1-3-3v-3.5a3 3 0 0 1 3-3zM6.25 8v1.25M9.75 8v1.25',
];
export const person: Glyph = ['M5.25 5.25a2.75 2.75 0 1 1 5.5 0a2.75 2.75 0 1 1-5.5 0zM2.75 13.75c.5-2.6 2.6-4 5.25-4s4.75 1.4 5.25 4'];
export const people: Glyph = [
  'M3.5 5.5a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1-5 0zM1.25 13.25c.4-2.3 2.3-3.5 4.75-3.5s4.35 1.2 4.75 3.5M10.75 3.2a2.5 2.5 0 0 1 0 4.6M12.6 10.1c1.2.5 2 1.6 2.25 3.15',
];
export const email: Glyph = [
  'M3.75 3.25h8.5a2 2 0 0 1 2 2v5.5a2 2 0 0 1-2 2h-8.5a2 2 0 0 1-2-2v-5.5a2 2 0 0 1 2-2zM2.25 5l5.1 3.6a1.1 1.1 0 0 0 1.3 0L13.75 5',
];
export const chat: Glyph = [
  'M4.5 11.5 2 13.25V8.5m0 0V4.75a2 2 0 0 1 2-2h5.5a2 2 0 0 1 2 2M6 9.25a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v4.5l-2.25-1.5H8a2 2 0 0 1-2-2z',
];
export const sms: Glyph = [
  'M3.75 2.75h8.5a2 2 0 0 1 2 2v4.5a2 2 0 0 1-2 2H7.5l-3 2.5v-2.5h-.75a2 2 0 0 1-2-2v-4.5a2 2 0 0 1 2-2zM5.25 7h.01M8 7h.01M10.75 7h.01',
];
export const whatsapp: Glyph = [
  'M2 14l.85-3A6.1 6.1 0 1 1 5.2 13.2z',
  '',
  'M6.3 5.6c-.9.7-.4 2.2.7 3.3s2.6 1.6 3.3.7l-1.2-1.1-.7.4a2.6 2.6 0 0 1-1.2-1.2l.4-.7z',
];
export const instagram: Glyph = [
  'M5.5 2.25h5a3.25 3.25 0 0 1 3.25 3.25v5a3.25 3.25 0 0 1-3.25 3.25h-5a3.25 3.25 0 0 1-3.25-3.25v-5a3.25 3.25 0 0 1 3.25-3.25zM5.4 8a2.6 2.6 0 1 1 5.2 0a2.6 2.6 0 1 1-5.2 0zM11.25 4.75h.01',
];
export const voice: Glyph = [
  'M3.3 2.25h2.1l1.1 2.9-1.4 1.1a8 8 0 0 0 4.65 4.65l1.1-1.4 2.9 1.1v2.1a1.3 1.3 0 0 1-1.4 1.3A10.6 10.6 0 0 1 2 3.65a1.3 1.3 0 0 1 1.3-1.4z',
];
export const linkedin: Glyph = [
  'M4.5 2h7a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1-2.5 2.5h-7a2.5 2.5 0 0 1-2.5-2.5v-7a2.5 2.5 0 0 1 2.5-2.5zM5.25 7.5v3.25M5.25 5.1h.01M7.9 10.75V7.5M7.9 9.1a1.6 1.6 0 0 1 3.2 0v1.65',
];
export const note: Glyph = [
  'M3.75 2.25h8.5a1.5 1.5 0 0 1 1.5 1.5v5.5l-4.5 4.5h-5.5a1.5 1.5 0 0 1-1.5-1.5v-8.5a1.5 1.5 0 0 1 1.5-1.5zM13.75 9.25h-3a1.5 1.5 0 0 0-1.5 1.5v3',
];
export const lock: Glyph = ['M5 7h6a2 2 0 0 1 2 2v2.75a2 2 0 0 1-2 2h-6a2 2 0 0 1-2-2v-2.75a2 2 0 0 1 2-2zM5.25 7V5.25a2.75 2.75 0 0 1 5.5 0V7'];
export const tag: Glyph = [
  'M2.25 3.25v4.1a1.5 1.5 0 0 0 .44 1.06l5 5a1.5 1.5 0 0 0 2.12 0l3.6-3.6a1.5 1.5 0 0 0 0-2.12l-5-5a1.5 1.5 0 0 0-1.06-.44h-4.1a1 1 0 0 0-1 1zM5.25 5.25h.01',
];
export const search: Glyph = ['M2.75 7a4.25 4.25 0 1 1 8.5 0a4.25 4.25 0 1 1-8.5 0zM10.25 10.25l3.25 3.25'];
export const filter: Glyph = ['M2.25 4.25h11.5M4.5 8h7M6.75 11.75h2.5'];
export const kebab: Glyph = ['M8 3.25h.01M8 8h.01M8 12.75h.01', 'i-dots'];
export const check: Glyph = ['M3 8.5l3.25 3.25L13 4.75'];
export const checks: Glyph = ['M1.25 8.5l3.25 3.25L11 5M7.75 11l.75.75L15 5'];
export const pencil: Glyph = ['M10.9 2.6a1.6 1.6 0 0 1 2.5 2.5l-7.6 7.6-3.3.8.8-3.3zM9.5 4l2.5 2.5'];
export const x: Glyph = ['M4 4l8 8M12 4l-8 8'];
export const undo: Glyph = ['M5.5 3 2.5 6l3 3M2.75 6h6.5a3.75 3.75 0 0 1 0 7.5H6'];
export const clock: Glyph = ['M2.25 8a5.75 5.75 0 1 1 11.5 0a5.75 5.75 0 1 1-11.5 0zM8 4.75V8l2.25 1.5'];
export const handoff: Glyph = [
  'M3 8.5h2.25a1.25 1.25 0 0 1 1.25 1.25v2.25a1.25 1.25 0 0 1-1.25 1.25h-2.25a1.25 1.25 0 0 1-1.25-1.25v-2.25a1.25 1.25 0 0 1 1.25-1.25zM9.25 10.9a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1-5 0zM4 5.6C4.6 3.6 6.1 2.5 7.9 2.5c1.6 0 2.9.9 3.6 2.6M12.9 2.9l-1.3 2.5-2.5-1',
];
export const pause: Glyph = ['M5.25 3.25v9.5M10.75 3.25v9.5'];
export const play: Glyph = ['M4.75 3.1v9.8L12.5 8z'];
export const merge: Glyph = ['M3.75 2.5v1.75C3.75 6.9 8 7.2 8 10v3.25M12.25 2.5v1.75C12.25 6.9 8 7.2 8 10M5.75 11.25l2.25 2.25 2.25-2.25'];
export const printer: Glyph = [
  'M4.75 5.5V2.25h6.5V5.5M4.75 11.25h-1.5a1.5 1.5 0 0 1-1.5-1.5V7a1.5 1.5 0 0 1 1.5-1.5h9.5a1.5 1.5 0 0 1 1.5 1.5v2.75a1.5 1.5 0 0 1-1.5 1.5h-1.5M4.75 9.25h6.5v4.5h-6.5z',
];
export const link: Glyph = [
  'M6.75 9.25a2.76 2.76 0 0 0 3.9 0l2-2a2.76 2.76 0 0 0-3.9-3.9l-.9.9M9.25 6.75a2.76 2.76 0 0 0-3.9 0l-2 2a2.76 2.76 0 0 0 3.9 3.9l.9-.9',
];
export const ticket: Glyph = [
  'M1.75 5.25a1.5 1.5 0 0 1 1.5-1.5h9.5a1.5 1.5 0 0 1 1.5 1.5v1.1a1.7 1.7 0 0 0 0 3.3v1.1a1.5 1.5 0 0 1-1.5 1.5h-9.5a1.5 1.5 0 0 1-1.5-1.5v-1.1a1.7 1.7 0 0 0 0-3.3zM9.75 5.9v.01M9.75 8v.01M9.75 10.1v.01',
];
export const translate: Glyph = [
  'M1.75 3.75h7M5.25 2.25v1.5M7.25 3.75c-.5 2.6-2.4 4.7-5 5.75M3.5 5.75c.6 1.5 1.7 2.6 3.25 3.4M7.75 13.75l3.1-6.75 3.1 6.75M8.9 11.5h3.9',
];
export const paperclip: Glyph = ['M13.25 7.4l-5.2 5.2a3.1 3.1 0 0 1-4.4-4.4l5.4-5.4a2.05 2.05 0 0 1 2.9 2.9l-5.3 5.3a1 1 0 0 1-1.45-1.45l4.75-4.75'];
export const emoji: Glyph = ['M2.25 8a5.75 5.75 0 1 1 11.5 0a5.75 5.75 0 1 1-11.5 0zM5.6 9.4c.45.9 1.3 1.4 2.4 1.4s1.95-.5 2.4-1.4M6 6.25h.01M10 6.25h.01'];
export const send: Glyph = ['M13.75 8 2.75 3l1.75 5-1.75 5zM4.5 8h4.25', 'i-flip'];
export const bell: Glyph = [
  'M8 2.25A3.75 3.75 0 0 0 4.25 6c0 3.2-1.5 4.25-1.5 5h10.5c0-.75-1.5-1.8-1.5-5A3.75 3.75 0 0 0 8 2.25zM6.75 13.4a1.4 1.4 0 0 0 2.5 0',
];
export const draft: Glyph = ['M3.75 2.75h8.5a2 2 0 0 1 2 2v4.5a2 2 0 0 1-2 2H7.5l-3 2.5v-2.5h-.75a2 2 0 0 1-2-2v-4.5a2 2 0 0 1 2-2z', 'i-dash'];
export const quiet: Glyph = ['M6 2.75h6.25a2 2 0 0 1 2 2V10M11.25 11.25H7.5l-3 2.5v-2.5h-.75a2 2 0 0 1-2-2v-4.5c0-.5.2-1 .5-1.35M2 2l12 12'];
export const skill: Glyph = [
  'M5.75 2.5C4.4 2.5 4 3.2 4 4.25v2C4 7.3 3.25 8 2.25 8 3.25 8 4 8.7 4 9.75v2c0 1.05.4 1.75 1.75 1.75M10.25 2.5c1.35 0 1.75.7 1.75 1.75v2C12 7.3 12.75 8 13.75 8c-1 0-1.75.7-1.75 1.75v2c0 1.05-.4 1.75-1.75 1.75',
];
export const flag: Glyph = ['M3.5 14V2.5M3.5 3.25h8.75l-2 3 2 3H3.5'];
export const alert: Glyph = ['M2.25 8a5.75 5.75 0 1 1 11.5 0a5.75 5.75 0 1 1-11.5 0zM8 5v3.25M8 10.9h.01'];
export const info: Glyph = ['M2.25 8a5.75 5.75 0 1 1 11.5 0a5.75 5.75 0 1 1-11.5 0zM8 7.75V11M8 5.1h.01'];
export const urgent: Glyph = ['M3.75 8 8 3.75 12.25 8M3.75 12.5 8 8.25l4.25 4.25'];
export const book: Glyph = [
  'M8 4.25C6.75 3.2 4.9 2.75 2.25 2.75v9.5c2.65 0 4.5.45 5.75 1.5 1.25-1.05 3.1-1.5 5.75-1.5v-9.5C11.1 2.75 9.25 3.2 8 4.25zM8 4.25v9.5',
];
export const card: Glyph = ['M4.25 2.75h7.5a2 2 0 0 1 2 2v6.5a2 2 0 0 1-2 2h-7.5a2 2 0 0 1-2-2v-6.5a2 2 0 0 1 2-2zM5 6.25h6M5 9h3.5'];
export const playbook: Glyph = [
  'M2 3.75a1.75 1.75 0 1 1 3.5 0a1.75 1.75 0 1 1-3.5 0zM10.5 12.25a1.75 1.75 0 1 1 3.5 0a1.75 1.75 0 1 1-3.5 0zM5.5 3.75h5a2.1 2.1 0 0 1 0 4.25h-5a2.1 2.1 0 0 0 0 4.25h5',
];
export const calendar: Glyph = [
  'M4.25 3.25h7.5a2 2 0 0 1 2 2v6.5a2 2 0 0 1-2 2h-7.5a2 2 0 0 1-2-2v-6.5a2 2 0 0 1 2-2zM2.25 6.75h11.5M5.5 1.75v2.5M10.5 1.75v2.5',
];
export const department: Glyph = [
  'M6.75 2h2.5a1 1 0 0 1 1 1v1.5a1 1 0 0 1-1 1h-2.5a1 1 0 0 1-1-1v-1.5a1 1 0 0 1 1-1zM2.5 10.5h2.5a1 1 0 0 1 1 1v1.5a1 1 0 0 1-1 1h-2.5a1 1 0 0 1-1-1v-1.5a1 1 0 0 1 1-1zM11 10.5h2.5a1 1 0 0 1 1 1v1.5a1 1 0 0 1-1 1h-2.5a1 1 0 0 1-1-1v-1.5a1 1 0 0 1 1-1zM8 5.5V8M3.75 10.5V9a1 1 0 0 1 1-1h6.5a1 1 0 0 1 1 1v1.5',
];
export const globe: Glyph = [
  'M2.25 8a5.75 5.75 0 1 1 11.5 0a5.75 5.75 0 1 1-11.5 0zM2.25 8h11.5M8 2.25c1.6 1.6 2.4 3.5 2.4 5.75S9.6 12.15 8 13.75C6.4 12.15 5.6 10.25 5.6 8S6.4 3.85 8 2.25z',
];
export const eye: Glyph = [
  'M1.5 8c1.5-2.8 3.7-4.25 6.5-4.25S13 5.2 14.5 8c-1.5 2.8-3.7 4.25-6.5 4.25S3 10.8 1.5 8zM6.1 8a1.9 1.9 0 1 1 3.8 0a1.9 1.9 0 1 1-3.8 0z',
];
export const imageOff: Glyph = ['M5.5 2.75h6.75a1.5 1.5 0 0 1 1.5 1.5v6.75M12 13.25H3.75a1.5 1.5 0 0 1-1.5-1.5V4M2.5 11.25 5.25 8.5M10.75 6h.01M2 2l12 12'];
export const archive: Glyph = [
  'M2.75 2.75h10.5a1 1 0 0 1 1 1v1.25a1 1 0 0 1-1 1h-10.5a1 1 0 0 1-1-1v-1.25a1 1 0 0 1 1-1zM3 6v5.75a1.5 1.5 0 0 0 1.5 1.5h7a1.5 1.5 0 0 0 1.5-1.5V6M6.5 8.75h3',
];
export const done: Glyph = ['M2.25 8a5.75 5.75 0 1 1 11.5 0a5.75 5.75 0 1 1-11.5 0zM5.5 8.25l1.75 1.75 3.25-3.5'];
export const leave: Glyph = ['M6.25 2.75h-2a1.5 1.5 0 0 0-1.5 1.5v7.5a1.5 1.5 0 0 0 1.5 1.5h2M6.5 8h7M10.75 5.25 13.5 8l-2.75 2.75', 'i-flip'];
export const transfer: Glyph = ['M2.5 5.25h10M9.75 2.5l2.75 2.75L9.75 8M13.5 11h-10M6.25 8.25 3.5 11l2.75 2.75'];
export const refresh: Glyph = ['M13.5 8a5.5 5.5 0 1 1-1.6-3.9l1.35 1.4M13.5 2.5v3h-3'];
export const copy: Glyph = [
  'M7.5 5.75h4.5a1.75 1.75 0 0 1 1.75 1.75v4.5a1.75 1.75 0 0 1-1.75 1.75h-4.5a1.75 1.75 0 0 1-1.75-1.75v-4.5a1.75 1.75 0 0 1 1.75-1.75zM3.5 10.25a1.25 1.25 0 0 1-1.25-1.25V4A1.75 1.75 0 0 1 4 2.25h5c.7 0 1.25.55 1.25 1.25',
];
export const file: Glyph = ['M9.25 1.75H4.5A1.5 1.5 0 0 0 3 3.25v9.5a1.5 1.5 0 0 0 1.5 1.5h7a1.5 1.5 0 0 0 1.5-1.5V5.5zM9.25 1.75V5.5H13'];
export const image: Glyph = [
  'M4 2.75h8a1.75 1.75 0 0 1 1.75 1.75v7a1.75 1.75 0 0 1-1.75 1.75h-8a1.75 1.75 0 0 1-1.75-1.75v-7a1.75 1.75 0 0 1 1.75-1.75zM4.65 6.25a1.1 1.1 0 1 1 2.2 0a1.1 1.1 0 1 1-2.2 0zM2.5 11.5l3-2.75 2.25 2L10.5 8l3.25 3',
];
export const at: Glyph = ['M5.5 8a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1-5 0zM10.5 5.5v3.25a1.6 1.6 0 0 0 3.25 0V8A5.75 5.75 0 1 0 11.5 12.55'];
export const bold: Glyph = ['M4.75 2.75h3.9a2.6 2.6 0 0 1 0 5.2h-3.9zM4.75 7.95h4.5a2.65 2.65 0 0 1 0 5.3h-4.5z'];
export const italic: Glyph = ['M6.75 2.75h5M4.25 13.25h5M9.5 2.75l-3 10.5'];
export const list: Glyph = ['M6 4h7.5M6 8h7.5M6 12h7.5M2.75 4h.01M2.75 8h.01M2.75 12h.01'];
export const sort: Glyph = ['M5 3v10M2.5 10.5 5 13l2.5-2.5M9.5 4h4.25M9.5 8h3M9.5 12h1.75'];
export const view: Glyph = ['M8 2.25l6 3-6 3-6-3zM2.25 8.25 8 11.1l5.75-2.85M2.25 11.1 8 13.95l5.75-2.85'];
export const shield: Glyph = ['M8 1.75 13 3.5v4c0 3.1-2 5.5-5 6.75-3-1.25-5-3.65-5-6.75v-4z'];
export const plus: Glyph = ['M8 3.25v9.5M3.25 8h9.5'];
export const minus: Glyph = ['M3.25 8h9.5'];
export const down: Glyph = ['M4.5 6.25 8 9.75l3.5-3.5'];
export const next: Glyph = ['M6.25 4.5 9.75 8l-3.5 3.5', 'i-flip'];
export const back: Glyph = ['M13 8H3.25M7 4 3 8l4 4', 'i-flip'];
export const reply: Glyph = ['M6 3.5 2.5 7 6 10.5M2.75 7h6.5a4.25 4.25 0 0 1 4.25 4.25v1.25', 'i-flip'];
export const out: Glyph = ['M9.25 2.75h4v4M13 3 7.75 8.25M6.25 3.5h-2A1.5 1.5 0 0 0 2.75 5v6.75a1.5 1.5 0 0 0 1.5 1.5H11a1.5 1.5 0 0 0 1.5-1.5v-2', 'i-flip'];
export const up: Glyph = ['M8 13V3.25M4 7l4-4 4 4'];
export const drag: Glyph = ['M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01', 'i-grip'];
export const offline: Glyph = [
  'M2 2l12 12M4.4 8.4a5 5 0 0 1 2.1-1.2M1.9 5.9a8.6 8.6 0 0 1 2.4-1.5M7 3.5a8.7 8.7 0 0 1 7.1 2.4M10 7.4a5 5 0 0 1 1.6 1M8 12h.01',
];
export const panel: Glyph = ['M3.75 2.75h8.5a2 2 0 0 1 2 2v6.5a2 2 0 0 1-2 2h-8.5a2 2 0 0 1-2-2v-6.5a2 2 0 0 1 2-2zM10 2.75v10.5', 'i-flip'];
export const sun: Glyph = [
  'M5.25 8a2.75 2.75 0 1 1 5.5 0a2.75 2.75 0 1 1-5.5 0zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7',
];
export const home: Glyph = ['M2.5 7 8 2.5 13.5 7v5.25a1.25 1.25 0 0 1-1.25 1.25h-8.5A1.25 1.25 0 0 1 2.5 12.25zM6.25 13.5V9.75h3.5v3.75'];
export const box: Glyph = ['M8 1.75 13.5 4.5v7L8 14.25 2.5 11.5v-7zM2.75 4.6 8 7.25l5.25-2.65M8 7.25v6.75'];
export const chart: Glyph = ['M2.25 13.5h11.5M4.5 10.75V8.5M8 10.75v-7M11.5 10.75v-4.5'];
export const settings: Glyph = [
  'M2.25 5H8M12 5h1.75M2.25 11H4M8 11h5.75M8.1 5a1.9 1.9 0 1 1 3.8 0a1.9 1.9 0 1 1-3.8 0zM4.1 11a1.9 1.9 0 1 1 3.8 0a1.9 1.9 0 1 1-3.8 0z',
];
export const bag: Glyph = ['M3.25 5.25h9.5l.75 8.5h-11zM5.5 7V4.75a2.5 2.5 0 0 1 5 0V7'];
