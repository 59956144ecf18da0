import { describe, expect, it } from 'vitest';
import type { InboundEvent, OutboundMessage } from '../../server/channels/channel.ts';
import { channelOf } from '../../server/channels/registry.ts';
import { accountOf, contextOf, httpProvider, now, outboundOf } from '../contracts/channels-bench.ts';

const whatsapp = accountOf('whatsapp');
const instagram = accountOf('instagram', { appId: '77777' });
const request = (payload: unknown) => ({ url: '', headers: new Headers(), body: Buffer.from(JSON.stringify(payload)) });
const stamp = '1795262400';

/** The events of one change of a WhatsApp call. */
function whatsappEvents(value: Record<string, unknown>, field = 'messages', phoneNumberId = '100000000000001'): Promise<InboundEvent[]> {
  const change = { field, value: { metadata: { phone_number_id: phoneNumberId }, ...value } };
  return channelOf('whatsapp').parse(request({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [change] }] }), whatsapp, now);
}

const message = (content: Record<string, unknown>) => ({ id: 'wamid.1', from: '4917012345', timestamp: stamp, ...content });

describe('WhatsApp', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a text', { type: 'text', text: { body: 'Hello' } }, { text: 'Hello', attachments: [] }],
    ['a number, as the choice of a route', { type: 'text', text: { body: ' 2. ' } }, { text: ' 2. ', chosenRoute: 2 }],
    ['an answer to a message', { type: 'text', text: { body: 'Yes' }, context: { id: 'wamid.0' } }, { inReplyTo: 'wamid.0' }],
    [
      'a pressed button',
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'route:r-1', title: 'Sales' } } },
      { text: 'Sales', chosenRoute: 'r-1' },
    ],
    [
      'a chosen row',
      { type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: 'route:r-2', title: 'Support' } } },
      { text: 'Support', chosenRoute: 'r-2' },
    ],
    ["a template's button", { type: 'button', button: { text: 'Stop', payload: 'STOP' } }, { text: 'Stop', chosenRoute: undefined }],
    [
      'an image with a caption',
      { type: 'image', image: { id: 'm1', mime_type: 'image/jpeg', caption: 'Broken' } },
      { text: 'Broken', attachments: [{ name: undefined, type: 'image/jpeg', source: { from: 'provider', mediaId: 'm1' } }] },
    ],
    [
      'a document',
      { type: 'document', document: { id: 'm2', mime_type: 'application/pdf', filename: 'bill.pdf' } },
      { text: '', attachments: [{ name: 'bill.pdf', type: 'application/pdf', source: { from: 'provider', mediaId: 'm2' } }] },
    ],
    ['a place', { type: 'location', location: { latitude: 52.5, longitude: 13.4, name: 'Shop' } }, { text: 'Shop (52.5, 13.4)' }],
    ['a business card', { type: 'contacts', contacts: [{ name: { formatted_name: 'Kim Lee' }, phones: [{ phone: '+49 1' }] }] }, { text: 'Kim Lee +49 1' }],
  ])('reads %s', async (_name, content, expected) => {
    const [event] = await whatsappEvents({ messages: [message(content)], contacts: [{ wa_id: '4917012345', profile: { name: 'Kim' } }] });
    expect(event).toMatchObject({ type: 'message', externalId: 'wamid.1', from: { handle: '+4917012345', name: 'Kim' }, at: now, ...expected });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['sent', { status: 'sent' }, { status: 'sent' }],
    ['delivered', { status: 'delivered' }, { status: 'delivered' }],
    ['read', { status: 'read' }, { status: 'read' }],
    [
      'failed',
      { status: 'failed', errors: [{ code: 131047, title: 'Re-engagement message', error_data: { details: 'More than 24 hours have passed.' } }] },
      { status: 'failed', error: '131047 More than 24 hours have passed.' },
    ],
  ])('reads the status %s', async (_name, status, expected) => {
    const [event] = await whatsappEvents({ statuses: [{ id: 'wamid.9', timestamp: stamp, recipient_id: '49', ...status }] });
    expect(event).toEqual({ type: 'status', externalId: 'wamid.9', at: now, ...expected });
  });

  it('reads all of a batch, in its order, and loses none for the sake of a broken one', async () => {
    const texts = (from: number) =>
      [0, 1].map((index) => message({ id: `wamid.${from + index}`, type: 'text', text: { body: String.fromCharCode(65 + from + index) } }));
    const change = (messages: unknown[]) => ({ field: 'messages', value: { metadata: { phone_number_id: '100000000000001' }, messages } });
    const payload = {
      object: 'whatsapp_business_account',
      entry: [{ changes: [change(texts(0)), change([7, null, { type: 'text' }, { id: 'x', from: '1', type: 'hologram' }])] }, { changes: [change(texts(2))] }],
    };
    const events = await channelOf('whatsapp').parse(request(payload), whatsapp, now);
    expect(events.map((event) => (event.type === 'message' ? event.text : event.type))).toEqual(['A', 'B', 'unknown', 'unknown', 'C', 'D']);
  });

  it('tells what a person sent from the phone app', async () => {
    const [event] = await whatsappEvents(
      { message_echoes: [{ id: 'wamid.5', from: '4930222222', to: '4917012345', timestamp: stamp, type: 'text', text: { body: 'Hi, Ben here' } }] },
      'smb_message_echoes',
    );
    expect(event).toEqual({ type: 'echo', externalId: 'wamid.5', to: { handle: '+4917012345' }, text: 'Hi, Ben here', attachments: [], at: now });
  });

  it.each<[string, Record<string, unknown>, string, Record<string, unknown>]>([
    ['a reaction', { emoji: '👍' }, 'messages', { emoji: '👍', from: { handle: '+4917012345', name: 'Kim' } }],
    ['a reaction taken back', { emoji: '' }, 'messages', { emoji: '' }],
    ['a reaction from the phone app', { emoji: '🎉' }, 'smb_message_echoes', { emoji: '🎉' }],
  ])('reads %s', async (_name, reaction, field, expected) => {
    const one = { ...message({ type: 'reaction', reaction: { message_id: 'wamid.7', ...reaction } }), to: '4917012345' };
    const value = field === 'messages' ? { messages: [one], contacts: [{ wa_id: '4917012345', profile: { name: 'Kim' } }] } : { message_echoes: [one] };
    const [event] = await whatsappEvents(value, field);
    expect(event).toMatchObject({ type: 'reaction', externalId: 'wamid.7', at: now, ...expected });
  });

  it('has our own id of a message back with its status', async () => {
    const [event] = await whatsappEvents({ statuses: [{ id: 'wamid.9', timestamp: stamp, status: 'delivered', biz_opaque_callback_data: 'our-id' }] });
    expect(event).toMatchObject({ type: 'status', externalId: 'wamid.9', messageId: 'our-id' });
    expect(await sent({})).toMatchObject({ biz_opaque_callback_data: outboundOf('whatsapp').id });
  });

  it('sends a template as such, with its parameters, and as an answer to nothing', async () => {
    const template = { name: 'order_update', language: 'en_US', parameters: ['Kim', '17'] };
    const payload = await sent({ template, text: 'Hi Kim, order 17 is on its way.', inReplyTo: 'wamid.0' });
    expect(payload).toMatchObject({
      type: 'template',
      template: {
        name: 'order_update',
        language: { code: 'en_US' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Kim' },
              { type: 'text', text: '17' },
            ],
          },
        ],
      },
    });
    expect(payload).not.toHaveProperty('context');
    expect(await sent({ template: { ...template, parameters: [] } })).toMatchObject({ template: { components: [] } });
  });

  it('takes nothing that is for another number', async () => {
    const events = await whatsappEvents({ messages: [message({ type: 'text', text: { body: 'Hello' } })] }, 'messages', '999');
    expect(events).toEqual([{ type: 'unknown', what: 'a message for another WhatsApp number' }]);
  });

  it.each([
    ['no message yet', null, false],
    ['a minute ago', 60_000, true],
    ['23:59:59 ago', 86_399_000, true],
    ['24 hours ago', 86_400_000, false],
  ] as const)('has its window right for %s', (_name, ago, open) => {
    const last = ago === null ? null : new Date(now.getTime() - ago);
    const window = channelOf('whatsapp').replyWindow?.(last, now);
    expect(window).toEqual({ open, closesAt: last && new Date(last.getTime() + 86_400_000) });
  });

  async function sent(change: Partial<OutboundMessage>): Promise<Record<string, unknown>> {
    const provider = await httpProvider({ status: 200, body: { messages: [{ id: 'wamid.1' }] } });
    const result = await channelOf('whatsapp').send(outboundOf('whatsapp', change), whatsapp, contextOf(provider.url));
    await provider.close();
    expect(result).toEqual({ ok: true, externalId: 'wamid.1' });
    expect(provider.received[0]).toMatchObject({ url: '/v23.0/100000000000001/messages', headers: { authorization: 'Bearer access-token-of-meta' } });
    return JSON.parse(provider.received[0]?.body ?? '') as Record<string, unknown>;
  }

  const routes = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `r${index + 1}`, label: `Route ${index + 1}` }));

  it('offers three routes as buttons, more as a list, many as numbers', async () => {
    expect(await sent({ routes: routes(3) })).toMatchObject({
      to: '4917012345',
      type: 'interactive',
      interactive: { type: 'button', action: { buttons: [{ reply: { id: 'route:r1' } }, {}, {}] } },
    });
    expect(await sent({ routes: routes(4) })).toMatchObject({
      interactive: { type: 'list', action: { sections: [{ rows: [{}, {}, {}, { id: 'route:r4' }] }] } },
    });
    expect(await sent({ routes: routes(11) })).toMatchObject({ type: 'text', text: { body: expect.stringContaining('\n11. Route 11') } });
  });

  it('sends a file by its link with the text as its caption', async () => {
    const file = { name: 'bill.pdf', type: 'application/pdf', url: 'https://inbox.example.com/f/1', bytes: new Uint8Array(3) };
    expect(await sent({ attachments: [file] })).toMatchObject({
      type: 'document',
      document: { link: file.url, caption: 'It is on its way.', filename: 'bill.pdf' },
    });
  });

  it.each([
    [130429, 'retry'],
    [131056, 'retry'],
    [131047, 'failed'],
    [190, 'failed'],
  ] as const)("takes Meta's error %i for what it is", async (code, kind) => {
    const provider = await httpProvider({ status: 400, body: { error: { code, message: 'Meta says no' } } });
    const result = await channelOf('whatsapp').send(outboundOf('whatsapp'), whatsapp, contextOf(provider.url));
    await provider.close();
    expect(result).toMatchObject({ ok: false, kind, error: expect.stringContaining(`${code} Meta says no`) });
  });
});

describe('Instagram', () => {
  const parse = (...items: Record<string, unknown>[]) => {
    const messaging = items.map((item) => ({ sender: { id: '300000000000003' }, recipient: { id: '200000000000002' }, timestamp: now.getTime(), ...item }));
    return channelOf('instagram').parse(request({ object: 'instagram', entry: [{ id: '200000000000002', messaging }] }), instagram, now);
  };

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a text', { message: { mid: 'm1', text: 'Hello' } }, { type: 'message', externalId: 'm1', text: 'Hello', from: { handle: '300000000000003' } }],
    ['a quick reply', { message: { mid: 'm1', text: 'Sales', quick_reply: { payload: 'route:r-1' } } }, { chosenRoute: 'r-1' }],
    [
      'a pressed button',
      { postback: { mid: 'm2', title: 'Support', payload: 'route:r-2' } },
      { type: 'message', externalId: 'm2', text: 'Support', chosenRoute: 'r-2' },
    ],
    [
      'a picture',
      { message: { mid: 'm3', attachments: [{ type: 'image', payload: { url: 'https://cdn.example/x' } }] } },
      { type: 'message', text: '', attachments: [{ source: { from: 'url', url: 'https://cdn.example/x' } }] },
    ],
    ['an answer', { message: { mid: 'm4', text: 'Yes', reply_to: { mid: 'm0' } } }, { inReplyTo: 'm0' }],
    ['a read mark', { read: { mid: 'm5' } }, { type: 'status', externalId: 'm5', status: 'read' }],
    [
      'a message from the app',
      { sender: { id: '200000000000002' }, recipient: { id: '300000000000003' }, message: { mid: 'm6', text: 'Hi', is_echo: true } },
      { type: 'echo', externalId: 'm6', to: { handle: '300000000000003' } },
    ],
    ['a message taken back', { message: { mid: 'm7', is_deleted: true } }, { type: 'unknown' }],
    [
      'an echo of our own app',
      { sender: { id: '200000000000002' }, recipient: { id: '300000000000003' }, message: { mid: 'm6', text: 'Hi', is_echo: true, app_id: 77777 } },
      { type: 'status', externalId: 'm6', status: 'sent' },
    ],
    [
      'an echo of another app',
      { sender: { id: '200000000000002' }, recipient: { id: '300000000000003' }, message: { mid: 'm6', text: 'Hi', is_echo: true, app_id: 88888 } },
      { type: 'echo', externalId: 'm6', to: { handle: '300000000000003' } },
    ],
    [
      'a reaction',
      { reaction: { mid: 'm8', action: 'react', reaction: 'love', emoji: '❤' } },
      { type: 'reaction', externalId: 'm8', from: { handle: '300000000000003' }, emoji: '❤' },
    ],
    ['a reaction without a picture', { reaction: { mid: 'm8', action: 'react', reaction: 'love' } }, { type: 'reaction', emoji: 'love' }],
    ['a reaction taken back', { reaction: { mid: 'm8', action: 'unreact', emoji: '❤' } }, { type: 'reaction', externalId: 'm8', emoji: '' }],
    [
      'a reaction of the team',
      { sender: { id: '200000000000002' }, recipient: { id: '300000000000003' }, reaction: { mid: 'm8', action: 'react', emoji: '❤' } },
      { type: 'reaction', emoji: '❤' },
    ],
    ['a message for another account', { recipient: { id: '9' }, message: { mid: 'm9', text: 'x' } }, { type: 'unknown' }],
  ])('reads %s', async (_name, item, expected) => {
    const events = await parse(item);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject(expected);
  });

  it('reads all of a batch in its order', async () => {
    const events = await parse(...['a', 'b', 'c'].map((text) => ({ message: { mid: text, text } })));
    expect(events.map((event) => event.type === 'message' && event.text)).toEqual(['a', 'b', 'c']);
  });
});

describe.each(['whatsapp', 'instagram'] as const)('the challenge of %s', (kind) => {
  const ask = (query: Record<string, string>, credentials = accountOf(kind).credentials) =>
    channelOf(kind).challenge?.(new URLSearchParams(query), { ...accountOf(kind), credentials });
  const right = { 'hub.mode': 'subscribe', 'hub.verify_token': 'verify-token-of-meta', 'hub.challenge': '1158201444' };

  it('is answered with what was asked', () => {
    expect(ask(right)).toEqual({ ok: true, body: '1158201444' });
  });

  it.each<[string, Record<string, string>]>([
    ['a wrong token', { ...right, 'hub.verify_token': 'guess' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['another mode', { ...right, 'hub.mode': 'unsubscribe' }],
    ['markup to reflect', { ...right, 'hub.challenge': '<script>1</script>' }],
  ])('is refused with %s', (_name, query) => {
    expect(ask(query)).toMatchObject({ ok: false });
  });

  it('is refused while no token is configured', () => {
    expect(ask({ ...right, 'hub.verify_token': '' }, {})).toMatchObject({ ok: false });
  });
});
