import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChannelKind, InboundEvent } from '../../server/channels/channel.ts';
import { channelOf } from '../../server/channels/registry.ts';
import { buildInbound } from '../../demo/inbound.ts';
import type { DemoInbound } from '../../demo/inbound.ts';
import { startProviders } from '../../demo/providers.ts';
import type { Providers } from '../../demo/providers.ts';
import { accountOf, handleOf, now, publicUrl } from '../contracts/channels-bench.ts';

let providers: Providers;
beforeAll(async () => {
  providers = await startProviders();
});
afterAll(() => providers.close());

const picture = { name: 'machine.jpg', type: 'image/jpeg', bytes: Buffer.from('not quite a picture') };

/** What our channel reads of what the demo plays, its signature checked. */
async function heard(kind: ChannelKind, message: Partial<DemoInbound>): Promise<InboundEvent[]> {
  const account = accountOf(kind);
  const request = await buildInbound({ from: handleOf[kind], text: '', ...message }, account, publicUrl, now, providers.hosts);
  if (!request) return [];
  const inbound = { url: request.url, headers: new Headers(request.headers), body: request.body };
  expect(channelOf(kind).verify(inbound, account, now)).toEqual({ ok: true });
  return channelOf(kind).parse(inbound, account, now);
}
const basic = (sid: string) => ({ authorization: `Basic ${Buffer.from(`${sid}:a-token`).toString('base64')}` });
const bearer = { authorization: 'Bearer a-token' };
const urlOf = ([event]: InboundEvent[]) => (event?.type === 'message' && event.attachments[0]?.source.from === 'url' ? event.attachments[0].source.url : '');

describe('the stand-ins of the providers', () => {
  test('keep the picture of a text behind the account’s password, as Twilio does', async () => {
    const url = urlOf(await heard('sms', { files: [picture] }));
    expect((await fetch(url)).status).toBe(401);
    const answer = await fetch(url, { headers: basic(/Accounts\/(\w+)/.exec(url)?.[1] ?? '') });
    expect([answer.headers.get('content-type'), Buffer.from(await answer.arrayBuffer())]).toEqual(['image/jpeg', picture.bytes]);
  });

  test('tell by a media id where a picture of WhatsApp lies, and give it to the token', async () => {
    const [event] = await heard('whatsapp', { text: 'Look', files: [picture] });
    expect(event).toMatchObject({ type: 'message', text: 'Look' });
    const source = event?.type === 'message' ? event.attachments[0]?.source : undefined;
    const where = `${providers.baseUrls.meta}/v23.0/${source?.from === 'provider' ? source.mediaId : ''}`;
    expect((await fetch(where)).status).toBe(401);
    const told = (await (await fetch(where, { headers: bearer })).json()) as { url: string; sha256: string; mime_type: string };
    expect([told.mime_type, told.sha256]).toEqual(['image/jpeg', createHash('sha256').update(picture.bytes).digest('hex')]);
    expect((await fetch(told.url)).status).toBe(401);
    expect(Buffer.from(await (await fetch(told.url, { headers: bearer })).arrayBuffer())).toEqual(picture.bytes);
  });

  test.each<ChannelKind>(['instagram', 'custom'])('keep a picture of %s where its address leads', async (kind) => {
    const url = urlOf(await heard(kind, { files: [picture] }));
    expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(picture.bytes);
  });

  test('say who an account is to whoever has its password', async () => {
    const sid = `AC${'0'.repeat(32)}`;
    const where = `${providers.baseUrls.twilio}/2010-04-01/Accounts/${sid}.json`;
    expect((await fetch(where)).status).toBe(401);
    expect(await (await fetch(where, { headers: basic(sid) })).json()).toMatchObject({ sid, status: 'active' });
    const page = `${providers.baseUrls.meta}/v23.0/104500220017?fields=id`;
    expect((await fetch(page)).status).toBe(401);
    expect(await (await fetch(page, { headers: bearer })).json()).toEqual({ id: '104500220017' });
  });

  test.each<[ChannelKind, Partial<DemoInbound>, Record<string, unknown>]>([
    ['sms', { kind: 'read', inReplyTo: 'SM1' }, { type: 'status', externalId: 'SM1', status: 'read' }],
    ['sms', { kind: 'failed', inReplyTo: 'SM1' }, { type: 'status', externalId: 'SM1', status: 'failed', error: expect.stringContaining('30003') }],
    ['whatsapp', { kind: 'read', inReplyTo: 'wamid.1' }, { type: 'status', externalId: 'wamid.1', status: 'read' }],
    ['whatsapp', { kind: 'echo', text: 'On its way' }, { type: 'echo', text: 'On its way', to: { handle: handleOf.whatsapp } }],
    ['instagram', { kind: 'read', inReplyTo: 'mid.1' }, { type: 'status', externalId: 'mid.1', status: 'read' }],
    ['instagram', { kind: 'echo', text: 'On its way' }, { type: 'echo', text: 'On its way', to: { handle: handleOf.instagram } }],
    ['instagram', { choice: { id: 'route:r1', title: 'Sales' } }, { type: 'message', text: 'Sales', chosenRoute: 'r1' }],
    ['whatsapp', { choice: { id: 'route:r1', title: 'Sales' } }, { type: 'message', text: 'Sales', chosenRoute: 'r1' }],
    ['custom', { choice: { id: 'r1', title: 'Sales' } }, { type: 'message', text: 'Sales', chosenRoute: 'r1' }],
    ['custom', { kind: 'delivered', inReplyTo: 'm1' }, { type: 'status', externalId: 'm1', status: 'delivered' }],
    [
      'email',
      { kind: 'bounce', inReplyTo: 'm1@example.com' },
      { type: 'status', externalId: 'm1@example.com', status: 'bounced', error: expect.stringContaining('5.1.1') },
    ],
    [
      'email',
      { kind: 'auto_reply', text: 'I am away.', inReplyTo: 'm1@example.com' },
      { type: 'message', autoSubmitted: 'auto_reply', inReplyTo: 'm1@example.com' },
    ],
  ])('play by %s what %j says', async (kind, message, event) => {
    expect(await heard(kind, message)).toMatchObject([event]);
  });

  test.each<[ChannelKind, DemoInbound['kind']]>([
    ['sms', 'echo'],
    ['email', 'read'],
    ['voice', 'read'],
    ['instagram', 'failed'],
  ])('have by %s no %s to play', async (channel, kind) => {
    expect(await heard(channel, { kind, inReplyTo: 'x', text: 'x' })).toEqual([]);
  });

  test('show a mail with its copies, headers, HTML with its pictures inside, and files', async () => {
    const { host, port } = providers.baseUrls.smtp;
    const raw = await new MailComposer({
      from: 'hello@morrow.example',
      to: 'kim@customer.example',
      cc: 'lee@customer.example',
      replyTo: 'hello+c1@morrow.example',
      subject: 'Hello',
      text: 'Hello',
      html: '<img src="cid:logo">',
      messageId: '<m1@morrow.example>',
      references: '<m0@customer.example>',
      attachments: [
        { filename: 'logo.png', contentType: 'image/png', cid: 'logo', content: Buffer.from('png') },
        { filename: 'offer.pdf', content: Buffer.from('pdf') },
      ],
    })
      .compile()
      .build();
    await createTransport({ host, port, ignoreTLS: true }).sendMail({
      envelope: { from: 'hello@morrow.example', to: ['kim@customer.example', 'lee@customer.example'] },
      raw,
    });
    const item = providers.outbox('email').at(-1);
    expect(item).toMatchObject({
      messageId: 'm1@morrow.example',
      to: 'kim@customer.example',
      cc: ['lee@customer.example'],
      replyTo: 'hello+c1@morrow.example',
    });
    expect(item?.html).toContain(`data:image/png;base64,${Buffer.from('png').toString('base64')}`);
    expect(item?.headers).toContainEqual({ name: 'References', value: '<m0@customer.example>' });
    const file = item?.attachments?.find(({ name }) => name === 'offer.pdf');
    expect(Buffer.from(providers.media.find(file?.id ?? '')?.bytes ?? [])).toEqual(Buffer.from('pdf'));
  });
});
