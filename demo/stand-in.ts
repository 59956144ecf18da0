/** What the stand-ins of the providers share: how a call looks to them, and the desk that they work at. */
import { basename } from 'node:path';
import type { Media, Outbox, OutboxFile, OutboxItem } from './outbox.ts';

export interface Call {
  method: string;
  /** Below the stand-in's own base, with the query. */
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

export interface Reply {
  status: number;
  body: unknown;
  /** Where `body` is bytes: what they are. */
  type?: string;
  /** Done once the call is answered. */
  after?: () => void;
}

export type StandIn = (call: Call) => Reply;

export const refusal = (status: number, body: unknown): Reply => ({ status, body });

/** What the customer reads: the text, and below it, numbered, the choices that the provider would show as buttons. */
export const withChoices = (text: string, labels: readonly string[]): string => [text, ...labels.map((label, index) => `${index + 1}. ${label}`)].join('\n');

const isHere = (url: string): boolean => URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

export class Desk {
  private readonly pending = new Set<Promise<void>>();

  constructor(
    readonly outbox: Outbox,
    readonly media: Media,
    readonly withCallbacks: boolean,
  ) {}

  /** Posts to a webhook of ours; only ever to this machine. A webhook that is gone by now is no fault of the stand-in. */
  report(url: string, headers: Record<string, string>, body: string): void {
    if (isHere(url)) this.follow(fetch(url, { method: 'POST', headers, body }).then(async (response) => void (await response.arrayBuffer())));
  }

  /** Reads the files of a message from where they lie, as providers do after they took it; only ever from this machine. */
  collect(item: OutboxItem): void {
    for (const file of item.attachments ?? []) if (file.url && isHere(file.url)) this.follow(this.read(file, file.url));
  }

  private async read(file: OutboxFile, url: string): Promise<void> {
    const response = await fetch(url);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (!response.ok) return;
    const type = response.headers.get('content-type') ?? 'application/octet-stream';
    const name = file.name ?? (basename(new URL(url).pathname) || 'file');
    Object.assign(file, { id: this.media.keep({ name, type, bytes }), name, type, size: bytes.length });
  }

  private follow(work: Promise<void>): void {
    const settled = work.catch(() => undefined);
    this.pending.add(settled);
    void settled.finally(() => this.pending.delete(settled));
  }

  /** Waits for what is on its way. */
  async settle(): Promise<void> {
    await Promise.all(this.pending);
  }
}
