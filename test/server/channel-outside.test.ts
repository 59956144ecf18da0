import { describe, expect, it } from 'vitest';
import { channelOf } from '../../server/channels/registry.ts';
import { isPublicAddress, makeOutsideFetch } from '../../server/channels/outside.ts';
import { accountOf, contextOf, httpProvider, outboundOf } from '../contracts/channels-bench.ts';

const inside = [
  '127.0.0.1',
  '127.1.2.3',
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'ff02::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'not an address',
];
const outside = ['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '1.1.1.1', '2606:4700::1111', '2a00:1450:4001::1'];

describe('addresses that a workspace typed in', () => {
  it.each(inside)('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(outside)('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

  const resolveTo = (...addresses: string[]) =>
    makeOutsideFetch((_host, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
    );

  it('reach nothing inside, however they are spelt', async () => {
    const provider = await httpProvider({ status: 200 });
    const { port } = provider;
    const hosts = [
      '127.0.0.1',
      'localhost',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '127.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0',
      '127.0.0.1.',
      'user@127.0.0.1',
      '①②⑦.⓪.⓪.①',
    ];
    for (const host of hosts) {
      const result = await channelOf('custom').send(
        outboundOf('custom'),
        accountOf('custom', { url: `http://${host}:${port}/` }),
        contextOf('', { fetchOutside: makeOutsideFetch() }),
      );
      expect(result, host).toMatchObject({ ok: false });
      if (host !== 'localhost') expect(result, host).toMatchObject({ kind: 'failed' });
    }
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['::1'], ['::ffff:127.0.0.1']]) {
      const result = await channelOf('custom').send(
        outboundOf('custom'),
        accountOf('custom', { url: `http://rebinding.example:${port}/` }),
        contextOf('', { fetchOutside: resolveTo(...addresses) }),
      );
      expect(result).toEqual({ ok: false, kind: 'failed', error: 'The address is not on the public internet.' });
    }
    await provider.close();
    expect(provider.received).toEqual([]);
  });

  it('are called as they resolved, once, and led nowhere else', async () => {
    const target = await httpProvider({ status: 200 });
    const provider = await httpProvider({ status: 307, headers: { location: target.url } });
    let lookups = 0;
    const fetchOutside = makeOutsideFetch(
      (_host, done) => {
        lookups += 1;
        done(null, [{ address: '127.0.0.1', family: 4 }]);
      },
      () => true,
    );
    const send = (port: number) =>
      channelOf('custom').send(outboundOf('custom'), accountOf('custom', { url: `http://partner.example:${port}/hook` }), contextOf('', { fetchOutside }));
    expect(await send(provider.port)).toMatchObject({ ok: false, kind: 'failed' });
    expect(target.received).toHaveLength(0);
    expect(await send(target.port)).toEqual({ ok: true, externalId: outboundOf('custom').id });
    expect(target.received[0]).toMatchObject({ url: '/hook', headers: { host: `partner.example:${target.port}` } });
    expect(lookups).toBe(2);
    await Promise.all([provider.close(), target.close()]);
  });

  it('that hang or break off are tried again', async () => {
    for (const behaviour of ['drop', 'silence'] as const) {
      const provider = await httpProvider(behaviour);
      const stop = new AbortController();
      if (behaviour === 'silence') void provider.arrived.then(() => stop.abort());
      const result = await channelOf('custom').send(
        outboundOf('custom'),
        accountOf('custom', { url: provider.url }),
        contextOf('', { signal: stop.signal, fetchOutside: makeOutsideFetch(undefined, () => true) }),
      );
      await provider.close();
      expect(result).toMatchObject({ ok: false, kind: 'retry' });
    }
  });
});
