import { expect } from 'chai';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { select, shallow, type Readable } from '../../widgets/ui/select.ts';
import { Ticker } from '../../widgets/ui/ticker.ts';

/** A host that counts how often it was asked to render. */
class Host implements ReactiveControllerHost {
  asked = 0;
  readonly updateComplete = Promise.resolve(true);
  private readonly controllers: ReactiveController[] = [];
  addController(controller: ReactiveController): void {
    this.controllers.push(controller);
  }
  removeController(): void {}
  requestUpdate(): void {
    this.asked += 1;
  }
  connect(): void {
    for (const controller of this.controllers) controller.hostConnected?.();
  }
  update(): void {
    for (const controller of this.controllers) controller.hostUpdate?.();
  }
  disconnect(): void {
    for (const controller of this.controllers) controller.hostDisconnected?.();
  }
}

class Store<S> implements Readable<S> {
  readonly listeners = new Set<() => void>();
  constructor(private state: S) {}
  get(): S {
    return this.state;
  }
  set(state: S): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
  subscribe(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  }
}

describe('a slice of a store', () => {
  it('renders its host when it changes, and not when something else does', () => {
    const store = new Store({ name: 'Ana', typed: '' });
    const host = new Host();
    const slice = select(
      host,
      () => store,
      (state) => state.name,
    );
    host.connect();
    expect(slice.value).to.equal('Ana');
    store.set({ name: 'Ana', typed: 'h' });
    expect(host.asked).to.equal(0);
    store.set({ name: 'Ben', typed: 'h' });
    expect([host.asked, slice.value]).to.deep.equal([1, 'Ben']);
  });

  it('may be put together anew each time', () => {
    const store = new Store({ a: 1, b: 2, c: 3 });
    const host = new Host();
    select(
      host,
      () => store,
      ({ a, b }) => ({ a, b }),
      shallow,
    );
    host.connect();
    store.set({ a: 1, b: 2, c: 4 });
    expect(host.asked).to.equal(0);
    store.set({ a: 1, b: 3, c: 4 });
    expect(host.asked).to.equal(1);
  });

  it('follows to another store, and lets go of both', () => {
    const one = new Store('one');
    const two = new Store('two');
    let current = one;
    const host = new Host();
    const slice = select(
      host,
      () => current,
      (state) => state,
    );
    host.connect();
    current = two;
    host.update();
    expect([slice.value, one.listeners.size, two.listeners.size]).to.deep.equal(['two', 0, 1]);
    host.disconnect();
    expect(two.listeners.size).to.equal(0);
    host.connect();
    expect(two.listeners.size).to.equal(1);
    host.disconnect();
  });
});

describe('the ticker', () => {
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout, now: Date.now };
  let now = 0;
  let timers: { id: number; at: number; run: () => void }[] = [];

  beforeEach(() => {
    now = 1_000_000_000_500;
    timers = [];
    let ids = 0;
    Object.assign(globalThis, {
      setTimeout: (run: () => void, wait: number) => {
        ids += 1;
        timers.push({ id: ids, at: now + wait, run });
        return ids;
      },
      clearTimeout: (id: number) => {
        timers = timers.filter((timer) => timer.id !== id);
      },
    });
    Date.now = () => now;
  });
  afterEach(() => {
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    Date.now = real.now;
  });

  function pass(milliseconds: number): void {
    const end = now + milliseconds;
    for (let next = timers.find(({ at }) => at <= end); next; next = timers.find(({ at }) => at <= end)) {
      const due = next;
      timers = timers.filter((timer) => timer !== due);
      now = due.at;
      due.run();
    }
    now = end;
  }

  it('is one timer for many hosts, and none without', () => {
    const hosts = Array.from({ length: 5 }, () => new Host());
    const tickers = hosts.map((host) => new Ticker(host, 'minute'));
    for (const host of hosts) host.connect();
    expect([tickers.length, timers.length]).to.deep.equal([5, 1]);
    for (const host of hosts) host.disconnect();
    expect(timers.length).to.equal(0);
  });

  it('wakes each host at its own pace', () => {
    const [fast, slow] = [new Host(), new Host()];
    const tickers = [new Ticker(fast, 'second'), new Ticker(slow, 'minute')];
    fast.connect();
    slow.connect();
    pass(120_000);
    const before = slow.asked;
    expect(tickers.map((ticker) => ticker.now)).to.deep.equal([now, now]);
    expect(fast.asked).to.equal(120);
    expect(before).to.be.within(2, 3);
    fast.disconnect();
    pass(60_000);
    expect([fast.asked, slow.asked]).to.deep.equal([120, before + 1]);
    slow.disconnect();
  });
});
