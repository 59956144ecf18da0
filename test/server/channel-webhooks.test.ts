import { describe, expect, it } from 'vitest';
import { channelOf } from '../../server/channels/registry.ts';
import { verifyStandard } from '../../server/channels/signatures.ts';
import { accountOf, contextOf, httpProvider, now, outboundOf } from '../contracts/channels-bench.ts';

const post = (body: string, headers: Record<string, string> = {}) => ({ url: '', headers: new Headers(headers), body: Buffer.from(body) });

describe('SMS', () => {
  const account = accountOf('sms');
  const parse = (form: Record<string, string>) => channelOf('sms').parse(post(new URLSearchParams({ MessageSid: 'SM1', ...form }).toString()), account, now);

  it.each<[string, Record<string, string>, unknown[]]>([
    [
      'a message',
      { From: '+491', To: '+492', Body: 'Hello & good-bye + more' },
      [{ type: 'message', externalId: 'SM1', from: { handle: '+491' }, to: [{ handle: '+492' }], text: 'Hello & good-bye + more', attachments: [], at: now }],
    ],
    [
      'a choice',
      { From: '+491', Body: '3' },
      [{ type: 'message', externalId: 'SM1', from: { handle: '+491' }, text: '3', attachments: [], at: now, chosenRoute: 3 }],
    ],
    [
      'STOP',
      { From: '+491', Body: ' Stop\n' },
      [{ type: 'message', externalId: 'SM1', from: { handle: '+491' }, text: ' Stop\n', attachments: [], at: now, keyword: { word: 'stop', answered: false } }],
    ],
    [
      'HELP that Twilio has answered',
      { From: '+491', Body: 'AYUDA', OptOutType: 'HELP' },
      [{ type: 'message', externalId: 'SM1', from: { handle: '+491' }, text: 'AYUDA', attachments: [], at: now, keyword: { word: 'help', answered: true } }],
    ],
    [
      'no STOP in a sentence',
      { From: '+491', Body: 'stop it' },
      [{ type: 'message', externalId: 'SM1', from: { handle: '+491' }, text: 'stop it', attachments: [], at: now }],
    ],
    [
      'pictures',
      { From: '+491', Body: '', NumMedia: '2', MediaUrl0: 'https://api.twilio.com/a', MediaContentType0: 'image/png', MediaUrl1: 'https://api.twilio.com/b' },
      [
        {
          type: 'message',
          externalId: 'SM1',
          from: { handle: '+491' },
          text: '',
          at: now,
          attachments: [
            { type: 'image/png', source: { from: 'url', url: 'https://api.twilio.com/a' } },
            { type: 'application/octet-stream', source: { from: 'url', url: 'https://api.twilio.com/b' } },
          ],
        },
      ],
    ],
    ['a status on the way', { MessageStatus: 'sending' }, []],
    ['delivery', { MessageStatus: 'delivered' }, [{ type: 'status', externalId: 'SM1', status: 'delivered', at: now }]],
    [
      'failure with a known code',
      { MessageStatus: 'undelivered', ErrorCode: '30005' },
      [{ type: 'status', externalId: 'SM1', status: 'failed', at: now, error: 'Twilio error 30005: the number does not exist' }],
    ],
    ['failure without a code', { MessageStatus: 'failed' }, [{ type: 'status', externalId: 'SM1', status: 'failed', at: now, error: 'No reason was given.' }]],
    ['a status of tomorrow', { MessageStatus: 'teleported' }, [{ type: 'unknown', what: 'Twilio status teleported' }]],
    ['a message of another account', { AccountSid: 'ACother', From: '+491', Body: 'x' }, [{ type: 'unknown', what: 'a message for another Twilio account' }]],
    ['a message without sender', { Body: 'x' }, [{ type: 'unknown', what: 'an SMS without a sender' }]],
  ])('reads %s', async (_name, form, expected) => {
    expect(JSON.parse(JSON.stringify(await parse(form)))).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  it('sends with the number, the routes under the text, and where to report', async () => {
    const provider = await httpProvider({ status: 201, body: { sid: 'SM9' } });
    await channelOf('sms').send(
      outboundOf('sms', {
        routes: [
          { id: 'a', label: 'Sales' },
          { id: 'b', label: 'Support' },
        ],
      }),
      account,
      contextOf(provider.url),
    );
    await provider.close();
    expect(Object.fromEntries(new URLSearchParams(provider.received[0]?.body))).toEqual({
      To: '+4917012345',
      From: '+4930111111',
      Body: 'It is on its way.\n1. Sales\n2. Support',
      StatusCallback: `https://inbox.example.com/v1/channels/${account.id}/inbound?message=${outboundOf('sms').id}`,
    });
  });
});

describe('voice', () => {
  const parse = (change: Record<string, unknown>) =>
    channelOf('voice').parse(
      post(
        JSON.stringify({
          callId: 'c1',
          revision: 3,
          from: '+491',
          name: 'Kim',
          startedAt: '2026-11-21T11:58:00Z',
          turns: [
            { speaker: 'agent', name: 'Nova', text: 'Hello', atSeconds: 0 },
            { speaker: 'contact', text: 'Hi', atSeconds: 2.5 },
          ],
          ...change,
        }),
      ),
      accountOf('voice'),
      now,
    );

  it('reads a call that is running and one that has ended', async () => {
    const [running] = await parse({});
    expect(running).toMatchObject({
      type: 'call',
      externalId: 'c1',
      revision: 3,
      direction: 'inbound',
      from: { handle: '+491', name: 'Kim' },
      ended: false,
      startedAt: new Date('2026-11-21T11:58:00Z'),
      turns: [
        { speaker: 'agent', text: 'Hello' },
        { speaker: 'contact', atSeconds: 2.5 },
      ],
    });
    const [ended] = await parse({ revision: 4, ended: true, durationSeconds: 90, recordingUrl: 'https://pbx.example/r/1', note: 'Will call back' });
    expect(ended).toMatchObject({ revision: 4, ended: true, durationSeconds: 90, recordingUrl: 'https://pbx.example/r/1', note: 'Will call back' });
  });

  it.each<[string, Record<string, unknown>]>([
    ['no id', { callId: '' }],
    ['a recording by another protocol', { recordingUrl: 'javascript:alert(1)' }],
    ['a speaker nobody knows', { turns: [{ speaker: 'god', text: 'x', atSeconds: 0 }] }],
    ['endless turns', { turns: Array.from({ length: 5_001 }, () => ({ speaker: 'agent', text: '', atSeconds: 0 })) }],
  ])('does not take a report with %s for a call', async (_name, change) => {
    expect(await parse(change)).toEqual([{ type: 'unknown', what: 'a voice payload that is no call report' }]);
  });
});

describe('a custom channel', () => {
  const parse = (payload: unknown) => channelOf('custom').parse(post(JSON.stringify(payload), { 'webhook-id': 'msg_7' }), accountOf('custom'), now);

  it('reads messages, choices of a route and statuses', async () => {
    const [message] = await parse({
      type: 'message',
      data: {
        from: { handle: 'kim', name: 'Kim' },
        text: 'Hi',
        subject: 'Order',
        at: '2026-11-21T11:00:00+01:00',
        attachments: [{ type: 'image/png', url: 'https://x.example/a.png' }],
      },
    });
    expect(message).toMatchObject({
      type: 'message',
      externalId: 'msg_7',
      from: { handle: 'kim', name: 'Kim' },
      text: 'Hi',
      subject: 'Order',
      at: new Date('2026-11-21T10:00:00Z'),
      attachments: [{ type: 'image/png', source: { from: 'url', url: 'https://x.example/a.png' } }],
    });
    expect((await parse({ type: 'message', data: { id: 'x', from: { handle: 'kim' }, text: 'Sales', routeId: 'r-1' } }))[0]).toMatchObject({
      externalId: 'x',
      chosenRoute: 'r-1',
    });
    expect((await parse({ type: 'status', data: { id: 'x', status: 'failed', error: 'full' } }))[0]).toEqual({
      type: 'status',
      externalId: 'x',
      messageId: 'x',
      status: 'failed',
      error: 'full',
      at: now,
    });
  });

  it('takes no files by other protocols', async () => {
    const attachments = [{ type: 'text/plain', url: 'file:///etc/passwd' }];
    expect((await parse({ type: 'message', data: { from: { handle: 'kim' }, text: 'x', attachments } }))[0]?.type).toBe('unknown');
  });

  it('signs what it sends with every secret that is valid, under the same id at each attempt', async () => {
    const provider = await httpProvider({ status: 200 });
    const account = accountOf('custom', { url: provider.url });
    const [secret = ''] = account.credentials['webhookSecrets'] as string[];
    const next = 'whsec_dGhlIG5leHQgc2VjcmV0LCBhbHNvIGxvbmcgZW5vdWdo';
    const both = { ...account, credentials: { webhookSecrets: [next, secret] } };
    const result = await channelOf('custom').send(outboundOf('custom'), both, contextOf(''));
    await channelOf('custom').send(outboundOf('custom'), both, contextOf(''));
    await provider.close();
    expect(result).toEqual({ ok: true, externalId: outboundOf('custom').id });
    expect(provider.received.map(({ headers }) => headers['webhook-id'])).toEqual([outboundOf('custom').id, outboundOf('custom').id]);
    for (const { headers, body } of provider.received) {
      for (const each of [next, secret])
        expect(verifyStandard([each], new Headers(headers as Record<string, string>), Buffer.from(body), now)).toEqual({ ok: true });
      expect(JSON.parse(body)).toMatchObject({ type: 'message', data: { to: { handle: 'kim' }, text: 'It is on its way.', automatic: true } });
    }
  });
});
