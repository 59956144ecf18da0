/** The panel's way to the demo's routes. */
import type { InboundKind, DemoCall } from '../inbound-message.ts';
import type { OutboxItem } from '../outbox.ts';
import type { PlayedItem } from '../play.ts';

export type { OutboxItem, PlayedItem };

interface SentFile {
  name: string;
  type: string;
  base64: string;
}

export interface Play {
  channel: string;
  kind?: InboundKind;
  from: string;
  name?: string;
  text?: string;
  subject?: string;
  html?: string;
  files?: SentFile[];
  externalId?: string;
  inReplyTo?: string;
  choice?: { id: string };
  call?: DemoCall;
}

/** Plays something. @returns what became of it, in words, and whether our own door took it */
export async function play(message: Play): Promise<{ taken: boolean; words: string }> {
  const given = Object.fromEntries(Object.entries(message).filter(([, value]) => value !== '' && value !== undefined));
  const answer = await fetch('/demo/inbound', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(given) });
  const told = (await answer.json()) as { status?: number; detail?: string };
  if (!answer.ok) return { taken: false, words: told.detail ?? 'It was refused' };
  return { taken: told.status === 200 || told.status === 201, words: `The webhook answered ${told.status}` };
}

export interface Feed {
  /** What our side sent, oldest first. */
  outbox: OutboxItem[];
  /** What was played from here, oldest first. */
  played: PlayedItem[];
}

const everyMs = 1_000;

/**
 * Reads what happened on a channel, now and every second, as long as the pane is in view.
 * @param channel one, or every one where undefined
 * @returns asks for it at once
 */
export function follow(channel: string | undefined, pane: HTMLElement, onFeed: (feed: Feed) => void): () => void {
  const query = channel ? `?channel=${channel}` : '';
  const list = async <T>(path: string): Promise<T[]> => ((await (await fetch(path + query)).json()) as { items: T[] }).items;
  let busy = false;
  const read = async (): Promise<void> => {
    if (busy || document.visibilityState !== 'visible' || !pane.checkVisibility()) return;
    busy = true;
    try {
      const [outbox, played] = await Promise.all([list<OutboxItem>('/demo/outbox'), list<PlayedItem>('/demo/played')]);
      onFeed({ outbox, played });
    } finally {
      busy = false;
    }
  };
  const ask = () => void read().catch(() => {});
  setInterval(ask, everyMs);
  return ask;
}

/** The files that were chosen, as a request carries them. */
export function readFiles(input: HTMLInputElement): Promise<SentFile[]> {
  return Promise.all([...(input.files ?? [])].map(asSent));
}

async function asSent(file: File): Promise<SentFile> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(new Error('The file cannot be read.')));
    reader.readAsDataURL(file);
  });
  return { name: file.name, type: /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : 'application/octet-stream', base64: url.slice(url.indexOf(',') + 1) };
}

/** A picture that nobody took, for those who have none at hand. */
export async function drawPicture(): Promise<SentFile> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 360 });
  const pen = canvas.getContext('2d')!;
  const box = (colour: string, ...[x, y, width, height, round]: [number, number, number, number, number]) => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.roundRect(x, y, width, height, round);
    pen.fill();
  };
  box('#d9cfc0', 0, 0, 480, 360, 0);
  box('#8f7a63', 0, 270, 480, 90, 0);
  box('#2e3338', 150, 60, 180, 230, 16);
  box('#b9c3c9', 170, 84, 140, 60, 8);
  box('#c8462f', 290, 226, 12, 12, 6);
  const blob = await new Promise<Blob>((resolve, reject) =>
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error('There is no picture.'))), 'image/jpeg', 0.85),
  );
  return asSent(new File([blob], 'machine.jpg', { type: 'image/jpeg' }));
}
