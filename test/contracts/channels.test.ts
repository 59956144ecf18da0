import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InboundEvent, InboundRequest } from '../../server/channels/channel.ts';
import { channelKinds } from '../../server/channels/channel.ts';
import { channelOf, channels } from '../../server/channels/registry.ts';
import { accountOf, handleOf, inboundOf, now } from './channels-bench.ts';

const dataDir = process.env['EVAL_DATA'];
const naughty: string[] = dataDir
  ? readFileSync(join(dataDir, 'naughty_strings.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { text: string }).text)
  : [
      '',
      ' ',
      'null',
      '{{7*7}}',
      '<script>x</script>',
      'Ω≈ç√∫',
      '𝕿𝖍𝖊',
      '👩‍👩‍👧',
      '\u202etest\u202c',
      'a\u0000b',
      '\ud800',
      '1;DROP TABLE x',
      '../../etc/passwd',
      'İ',
      'ﷺ',
    ];

const signed = channels.filter((channel) => channel.delivery !== 'own' && channel.kind !== 'linkedin');
const messaging = signed.filter((channel) => channel.kind !== 'voice');
const closedUnion = new Set(['message', 'status', 'echo', 'reaction', 'call', 'unknown']);

/** The text that an event carries, whatever its type. */
function textOf(event: InboundEvent | undefined): string | undefined {
  return event?.type === 'message' ? event.text : event?.type === 'call' ? event.turns[0]?.text : undefined;
}

/** A text as it can be stored, which is all that a channel may change. */
const storable = (text: string) => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');

function withBody(request: InboundRequest, body: Uint8Array): InboundRequest {
  return { ...request, body };
}

describe('every channel', () => {
  it('is registered once, under its own kind', () => {
    expect(channels.map(({ kind }) => kind)).toEqual([...channelKinds]);
    for (const kind of channelKinds) expect(channelOf(kind).kind).toBe(kind);
  });

  it.each(channels)('$kind is complete with the settings and credentials that it names', (channel) => {
    const account = accountOf(channel.kind);
    expect(channel.missing(account, 'receive')).toEqual([]);
    expect(channel.missing(account, 'send')).toEqual([]);
  });

  it.each(signed)('$kind refuses everything while its account has no secret', async (channel) => {
    const account = accountOf(channel.kind);
    const request = await inboundOf(account);
    for (const credentials of [{}, { webhookSecrets: [] }, { webhookSecrets: [''] }, { authToken: '' }, { appSecret: '', verifyToken: '' }]) {
      const bare = { ...account, credentials };
      expect(channel.verify(request, bare, now)).toMatchObject({ ok: false });
      expect(channel.missing(bare, 'receive').length).toBeGreaterThan(0);
    }
  });

  it.each(signed)('$kind accepts what the provider signed', async (channel) => {
    const account = accountOf(channel.kind);
    expect(channel.verify(await inboundOf(account), account, now)).toEqual({ ok: true });
  });

  it.each(signed)('$kind refuses a request without its signature headers', async (channel) => {
    const account = accountOf(channel.kind);
    const request = await inboundOf(account);
    expect(channel.verify({ ...request, headers: new Headers({ 'content-type': 'text/plain' }) }, account, now)).toMatchObject({ ok: false });
  });

  it.each(signed)('$kind refuses the same request signed with another secret', async (channel) => {
    const account = accountOf(channel.kind);
    const other = {
      ...account,
      credentials: Object.fromEntries(
        Object.entries(account.credentials).map(([key, value]) => [
          key,
          Array.isArray(value) ? ['whsec_YW5vdGhlciBzZWNyZXQsIGFsc28gbG9uZyBlbm91Z2g='] : `${String(value)}x`,
        ]),
      ),
    };
    expect(channel.verify(await inboundOf(other), account, now)).toMatchObject({ ok: false });
  });

  it.each(signed)('$kind refuses every body of which one byte was changed', async (channel) => {
    const account = accountOf(channel.kind);
    const request = await inboundOf(account);
    for (let at = 0; at < request.body.length; at += 1) {
      const body = Uint8Array.from(request.body);
      body[at] = (body[at] ?? 0) ^ 0x01;
      expect(channel.verify(withBody(request, body), account, now), `byte ${at}`).toMatchObject({ ok: false });
    }
  });

  it.each(messaging)('$kind gives a repeated message the same id, sender and text', async (channel) => {
    const account = accountOf(channel.kind);
    const [first] = await channel.parse(await inboundOf(account, { externalId: 'one-and-only', name: 'Kim' }), account, now);
    const [second] = await channel.parse(await inboundOf(account, { externalId: 'one-and-only', name: 'Kim' }), account, now);
    expect(first).toMatchObject({ type: 'message', externalId: 'one-and-only', text: 'Where is my order?', from: { handle: handleOf[channel.kind] } });
    expect(second).toEqual(first);
  });

  it.each(signed)('$kind keeps the text of every naughty string', async (channel) => {
    const account = accountOf(channel.kind);
    for (const text of naughty) {
      const [event] = await channel.parse(await inboundOf(account, { text, name: text }), account, now);
      const expected = storable(text);
      if (channel.kind === 'email') expect(textOf(event)?.replace(/\s+/g, ' ').trim()).toBe(expected.replace(/\s+/g, ' ').trim());
      else if (expected === '' && ['instagram', 'whatsapp'].includes(channel.kind)) expect(event?.type).toBe('unknown');
      else expect(textOf(event)).toBe(expected);
    }
  });

  it.each(channels)('$kind makes a value of a payload that it does not know', async (channel) => {
    const account = accountOf(channel.kind);
    const headers = new Headers();
    const bodies = [
      '',
      '{}',
      '[]',
      'null',
      '"text"',
      '{"object":"page"}',
      '{"type":"unheard.of","data":{}}',
      'Foo=bar',
      '{'.repeat(50_000),
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    ];
    for (const body of bodies) {
      const events = await channel.parse({ url: 'https://inbox.example.com/', headers, body: Buffer.from(body) }, account, now);
      expect(events.length).toBeGreaterThan(0);
      expect(events.every(({ type }) => type === 'unknown')).toBe(true);
    }
  });

  it.each(channels)('$kind never throws, whatever the bytes', async (channel) => {
    const account = accountOf(channel.kind);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (body) => {
        const events = await channel.parse({ url: 'https://inbox.example.com/', headers: new Headers(), body }, account, now);
        return events.every(({ type }) => closedUnion.has(type));
      }),
      { numRuns: 100 },
    );
  });

  it.each(signed)('$kind never throws, whatever stands in a payload of the right form', async (channel) => {
    const account = accountOf(channel.kind);
    const original = Buffer.from((await inboundOf(account)).body).toString('utf8');
    if (!original.startsWith('{')) return;
    const payload = JSON.parse(original) as Record<string, unknown>;
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.nat(), async (value, position) => {
        const body = Buffer.from(JSON.stringify(replaceAt(payload, value, position)));
        const events = await channel.parse({ url: 'https://inbox.example.com/', headers: new Headers(), body }, account, now);
        return events.length > 0 && events.every(({ type }) => closedUnion.has(type));
      }),
      { numRuns: 300 },
    );
  });
});

/** The payload with the value at one of its places, counted depth first, exchanged for another. */
function replaceAt(payload: unknown, value: unknown, position: number): unknown {
  const count = (node: unknown): number =>
    1 + (typeof node === 'object' && node !== null ? Object.values(node).reduce<number>((sum, child) => sum + count(child), 0) : 0);
  let left = position % count(payload);
  const visit = (node: unknown): unknown => {
    if (left === 0) {
      left -= 1;
      return value;
    }
    left -= 1;
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node === 'object' && node !== null) return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, visit(child)]));
    return node;
  };
  return visit(payload);
}
