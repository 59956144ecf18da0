/**
 * Stand-ins for the providers, on this machine only: Twilio's REST, Meta's Graph API, an SMTP server, and a receiver of
 * custom webhooks. They keep what they were sent in an outbox, and can report back that it was delivered.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChannelKind } from '../server/channels/channel.ts';
import type { MediaHosts } from './inbound-message.ts';
import { Media, Outbox } from './outbox.ts';
import type { OutboxItem, Reported } from './outbox.ts';
import { mailStandIn } from './stand-in-mail.ts';
import { metaStandIn } from './stand-in-meta.ts';
import type { MetaWebhook } from './stand-in-meta.ts';
import { partnerStandIn } from './stand-in-partner.ts';
import { Desk, refusal } from './stand-in.ts';
import type { StandIn } from './stand-in.ts';
import { twilioStandIn } from './stand-in-twilio.ts';

export type { OutboxItem } from './outbox.ts';

interface ProviderOptions {
  /**
   * Makes the stand-ins report `sent` and `delivered` to our webhooks, signed as the provider would. Twilio's call
   * itself names where to report; Meta's webhook is set up beforehand, so it is asked for by the sender's id.
   */
  callbacks?: { metaWebhook: MetaWebhook };
}

export interface Providers {
  baseUrls: { twilio: string; meta: string; custom: string; smtp: { host: string; port: number } };
  /** What was received, oldest first; of one channel, or of all. */
  outbox(channel?: ChannelKind): OutboxItem[];
  /** Notes what a phone reported about a message. */
  mark(messageId: string, status: Reported): void;
  /** Forgets what was received. */
  clear(): void;
  media: Media;
  /** Where the files lie that customers send. */
  hosts: MediaHosts;
  /** Waits for callbacks on their way, then ends all servers. */
  close(): Promise<void>;
}

const host = '127.0.0.1';
const bodyLimit = 10_000_000;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > bodyLimit) throw new RangeError('The body is too large.');
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

/** Starts all stand-ins on free ports of the loopback interface. */
export async function startProviders({ callbacks }: ProviderOptions = {}): Promise<Providers> {
  const outbox = new Outbox();
  const media = new Media();
  const desk = new Desk(outbox, media, callbacks !== undefined);
  let base = '';
  const standIns: Record<string, StandIn> = {
    twilio: twilioStandIn(desk),
    meta: metaStandIn(desk, () => `${base}/meta`, callbacks?.metaWebhook),
    custom: partnerStandIn(desk),
  };

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '', headers } = request;
    const [, name = '', path = ''] = /^\/(\w+)(.*)$/.exec(url) ?? [];
    const { status, body, type, after } = standIns[name]?.({ method, path, headers, body: await readBody(request) }) ?? refusal(404, {});
    response.writeHead(status, { 'content-type': type ?? 'application/json' }).end(type ? body : JSON.stringify(body));
    after?.();
  }

  const web = createServer((request, response) => {
    route(request, response).catch(() =>
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":{"message":"The stand-in cannot read this."}}'),
    );
  });
  const mail = mailStandIn(desk);
  await Promise.all([new Promise<void>((resolve) => web.listen(0, host, resolve)), new Promise<void>((resolve) => mail.listen(0, host, resolve))]);
  base = `http://${host}:${(web.address() as AddressInfo).port}`;
  const { port } = mail.server.address() as AddressInfo;
  const baseUrls = { twilio: `${base}/twilio`, meta: `${base}/meta`, custom: `${base}/custom`, smtp: { host, port } };

  return {
    baseUrls,
    outbox: (channel) => outbox.list(channel),
    mark: (messageId, status) => outbox.mark(messageId, status),
    clear: () => outbox.clear(),
    media,
    hosts: { ...baseUrls, keep: (file) => media.keep(file) },
    async close() {
      await desk.settle();
      web.closeAllConnections();
      await Promise.all([new Promise<void>((resolve) => web.close(() => resolve())), new Promise<void>((resolve) => mail.close(() => resolve()))]);
    },
  };
}
