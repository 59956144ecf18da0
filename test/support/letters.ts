/** Mails to the demo's account, by its real webhook. */
import { expect } from 'vitest';
import { demoAccounts } from '../../demo/seed/accounts.ts';
import { signOwn } from '../../server/channels/signatures.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import type { DemoClient } from './demo-client.ts';
import { DEMO_SECRET } from './demo.ts';
import { until } from './pipeline.ts';

interface Letter {
  subject?: string;
  name?: string;
  text?: string;
  cc?: string;
}

/** What tests do with mails, in a demo that runs. */
export function lettersTo(demo: DemoClient) {
  /** Posts a raw mail to the webhook of the demo's mail account. */
  async function deliver(raw: string): Promise<void> {
    const { items } = await demo.get<{ items: ChannelAccount[] }>('/v1/channel-accounts');
    const secret = demoAccounts(DEMO_SECRET, { smtp: { host: '', port: 0 }, custom: '' }).find(({ channel }) => channel === 'email')!.credentials[
      'webhookSecrets'
    ] as string[];
    const body = Buffer.from(raw);
    const headers = { 'content-type': 'message/rfc822', 'x-convene-signature': signOwn(secret[0]!, body, new Date()) };
    const answer = await demo.ask('POST', `/v1/channels/${items.find(({ channel }) => channel === 'email')!.id}/inbound`, {
      headers,
      raw: new Uint8Array(body),
    });
    expect(answer.status).toBe(200);
  }

  let senders = 0;
  const sender = (): string => `sender-${(senders += 1)}@mails.example`;

  /** A mail of text and HTML. @returns the address of its sender, who wrote nothing else */
  async function write(html: string, { subject = 'A mail', name = 'Kim Lee', text = 'The text of it', cc = '' }: Letter): Promise<string> {
    const from = sender();
    const part = (type: string, content: string): string =>
      `--b\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(content).toString('base64')}\r\n`;
    const word = (value: string): string => `=?utf-8?B?${Buffer.from(value).toString('base64')}?=`;
    await deliver(
      [
        `From: ${word(name)} <${from}>`,
        'To: hello@morrow.example',
        ...(cc ? [`Cc: ${cc}`] : []),
        `Subject: ${word(subject)}`,
        'MIME-Version: 1.0',
        'Content-Type: multipart/alternative; boundary=b',
        '',
        `${part('text/plain', text)}${part('text/html', html)}--b--`,
        '',
      ].join('\r\n'),
    );
    return from;
  }

  /** The same. @returns its conversation and itself */
  async function receive(html: string, letter: Letter = {}): Promise<{ conversation: Conversation; message: Message }> {
    const from = await write(html, letter);
    const conversation = await until(() => demo.find(from), 'the conversation');
    return { conversation, message: await firstOf(conversation) };
  }

  const firstOf = async ({ id }: Conversation): Promise<Message> => (await demo.messages(id)).find(({ direction }) => direction === 'inbound')!;

  /** Conversations by mail, by the address of the customer. */
  async function everyMailed(): Promise<Map<string, Conversation>> {
    const found = new Map<string, Conversation>();
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: Conversation[]; nextCursor: string | null } = await demo.get(
        `/v1/conversations?status=any&channel=email&limit=100${cursor && `&cursor=${cursor}`}`,
      );
      for (const one of page.items) found.set(one.contact.email ?? '', one);
      cursor = page.nextCursor;
    }
    return found;
  }

  return { sender, deliver, write, receive, firstOf, everyMailed };
}

export type Letters = ReturnType<typeof lettersTo>;
