import { expect } from 'chai';
import type { ConvPool } from '../../widgets/elements/conv-pool.ts';
import type { ConvProvider } from '../../widgets/elements/conv-provider.ts';
import '../../widgets/elements/conv-provider.ts';
import '../../widgets/elements/conv-pool.ts';
import '../../widgets/elements/conv-inbox.ts';
import '../../widgets/elements/conv-report.ts';
import '../../widgets/elements/conv-settings.ts';
import '../../widgets/elements/conv-tickets.ts';
import { sampleInbox } from '../support/sample-inbox.ts';
import { openInbox, tokenOf, until, type Inbox } from '../support/wtr-api-client.ts';

describe('<conv-provider>', () => {
  const inboxes: Inbox[] = [];
  const holders: HTMLElement[] = [];

  async function inbox(): Promise<Inbox> {
    const opened = await openInbox(sampleInbox);
    inboxes.push(opened);
    return opened;
  }

  function provide(base: string, set: Partial<ConvProvider>): { provider: ConvProvider; pool: ConvPool } {
    const provider = document.createElement('conv-provider');
    Object.assign(provider, { base }, set);
    const pool = document.createElement('conv-pool');
    provider.append(document.createElement('section'));
    provider.firstElementChild?.append(pool);
    document.body.append(provider);
    holders.push(provider);
    return { provider, pool };
  }

  const rows = (pool: ConvPool): number => pool.shadowRoot?.querySelectorAll('.row').length ?? 0;

  afterEach(async () => {
    for (const holder of holders.splice(0)) holder.remove();
    for (const one of inboxes.splice(0)) await one.close();
  });

  it('connects the elements anywhere inside it', async () => {
    const { base, token } = await inbox();
    const { pool } = provide(base, { token });
    await until(() => rows(pool) > 5);
  });

  it('shares one state among providers of the same operator, and keeps those of another apart', async () => {
    const opened = await inbox();
    const { provider: one } = provide(opened.base, { token: opened.token });
    const { provider: same } = provide(opened.base, { getToken: () => Promise.resolve(tokenOf('ana', 90)) });
    const { provider: other } = provide(opened.base, { token: tokenOf('ben') });
    await until(() => one.store && same.store && other.store);
    expect(one.store).to.equal(same.store);
    expect(one.store).not.to.equal(other.store);
  });

  it('waits for a token that is given later, as frameworks do', async () => {
    const { base, token } = await inbox();
    const { provider, pool } = provide(base, {});
    await provider.updateComplete;
    expect(rows(pool)).to.equal(0);
    provider.token = token;
    await until(() => rows(pool) > 5);
  });

  it('tells the page when the host has no token, and goes on when it has', async () => {
    const { base, token } = await inbox();
    let signedIn = false;
    const told: string[] = [];
    const hear = (event: Event): void => void told.push(event.type);
    document.body.addEventListener('conv-unauthorized', hear);
    const { provider, pool } = provide(base, { getToken: () => (signedIn ? token : Promise.reject(new Error('signed out'))) });
    await until(() => pool.shadowRoot?.querySelector('.notice'));
    expect(told).to.deep.equal(['conv-unauthorized']);
    expect(provider.connection).to.equal('unauthorized');
    signedIn = true;
    provider.reconnect();
    await until(() => rows(pool) > 5 && provider.connection === 'live');
    expect(pool.shadowRoot?.querySelector('.notice')).to.equal(null);
    document.body.removeEventListener('conv-unauthorized', hear);
  });

  it('lets go of its stream when its last element has left the page', async () => {
    const opened = await inbox();
    const { provider, pool } = provide(opened.base, { token: opened.token });
    await until(() => rows(pool) > 5 && provider.connection === 'live');
    expect(await opened.order({ do: 'streams' })).to.equal(1);
    provider.remove();
    await until(async () => (await opened.order({ do: 'streams' })) === 0);
  }).timeout(12_000);

  it('says that it is behind while the stream is lost', async () => {
    const opened = await inbox();
    const { provider, pool } = provide(opened.base, { token: opened.token });
    await until(() => provider.connection === 'live');
    await opened.order({ do: 'fault', fault: { on: '/v1/events', status: 503, code: 'unavailable', times: 3 } });
    await opened.order({ do: 'drop' });
    await until(() => pool.shadowRoot?.querySelector('.notice')?.textContent?.includes('offline'));
    expect(rows(pool)).to.be.greaterThan(5);
    await until(() => !pool.shadowRoot?.querySelector('.notice'));
  }).timeout(20_000);

  it('lets what is in it say that no answer came, with a way on, from the first moment on', async () => {
    const opened = await inbox();
    await opened.order({ do: 'fault', fault: { on: '/v1/', status: 503, code: 'unavailable', times: 1000 } });
    const { provider } = provide(opened.base, { token: opened.token });
    const told = {
      'conv-inbox': 'You are offline',
      'conv-tickets': 'You are offline',
      'conv-report': 'could not be shown',
      'conv-settings': 'could not be read',
    };
    for (const [name, says] of Object.entries(told)) {
      const element = document.createElement(name);
      Object.assign(element.style, { inlineSize: '1000px', blockSize: '600px' });
      provider.replaceChildren(element);
      await until(() => element.shadowRoot?.textContent?.includes(says));
      expect(element.shadowRoot?.querySelector('.bone'), name).to.equal(null);
      expect(
        [...(element.shadowRoot?.querySelectorAll('button') ?? [])].some((one) => /Try (again|now)/.test(one.innerText)),
        name,
      ).to.equal(true);
    }
  }).timeout(20_000);

  it('knows in the end whose desk it is, where that was not told at first though the stream is live', async () => {
    const opened = await inbox();
    await opened.order({ do: 'fault', fault: { on: 'GET /v1/me', status: 503, code: 'unavailable', times: 2 } });
    const { provider } = provide(opened.base, { token: opened.token });
    await until(() => provider.connection === 'live');
    await until(() => provider.store?.get().me?.name === 'Ana Duarte');
  }).timeout(20_000);
});
