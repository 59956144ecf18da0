import { expect } from 'chai';
import * as fc from 'fast-check';
import { follows } from '../../widgets/stream/order.ts';
import { EventParser, type Told } from '../../widgets/stream/sse.ts';
import { share, StreamRefused, type StreamEvent, type StreamState } from '../../widgets/stream/share.ts';
import { until } from '../support/wtr-api-client.ts';

function parsed(pieces: readonly string[]): { told: Told[]; waits: number[] } {
  const told: Told[] = [];
  const waits: number[] = [];
  const parser = new EventParser(
    (event) => told.push(event),
    (wait) => waits.push(wait),
  );
  for (const piece of pieces) parser.feed(piece);
  return { told, waits };
}

describe('a stream of events', () => {
  const cases: [name: string, text: string, told: Told[]][] = [
    ['a plain event', 'data: one\n\n', [{ id: null, type: 'message', data: 'one' }]],
    ['name, id and several lines', 'event: typing\nid: e-1-2\ndata: a\ndata:b\ndata\n\n', [{ id: 'e-1-2', type: 'typing', data: 'a\nb\n' }]],
    ['every kind of line end', 'data: 1\r\n\r\ndata: 2\r\rdata: 3\n\n', ['1', '2', '3'].map((data) => ({ id: null, type: 'message', data }))],
    ['comments, unknown fields and events without data', ': hello\nfoo: bar\nevent: x\n\ndata: 1\n\n', [{ id: null, type: 'message', data: '1' }]],
    [
      'an id that belongs to its own event alone',
      'id: a-1-1\ndata: 1\n\ndata: 2\n\n',
      [
        { id: 'a-1-1', type: 'message', data: '1' },
        { id: null, type: 'message', data: '2' },
      ],
    ],
    ['an end that never came', 'data: 1\n\ndata: 2\n', [{ id: null, type: 'message', data: '1' }]],
  ];
  for (const [name, text, told] of cases) {
    it(`is taken apart: ${name}`, () => expect(parsed([text]).told).to.deep.equal(told));
  }

  it('is the same wherever its pieces are cut', () => {
    const text = 'retry: 250\r\nevent: a\r\nid: e-1-1\r\ndata: {"x":1}\r\n\r\ndata: é\rdata: z\r\r: c\nretry: no\n\n';
    const whole = parsed([text]);
    expect(whole.waits).to.deep.equal([250]);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
        const at = [0, ...cuts.toSorted((one, other) => one - other), text.length];
        expect(parsed(at.slice(1).map((to, index) => text.slice(at[index], to)))).to.deep.equal(whole);
      }),
    );
  });

  it('has an order, by transaction and then by number, within one epoch', () => {
    const table: [string, string | null, boolean][] = [
      ['a-5-1', null, true],
      ['a-5-2', 'a-5-1', true],
      ['a-5-1', 'a-5-1', false],
      ['a-5-9', 'a-10-1', false],
      ['a-10-1', 'a-9-900', true],
      ['b-1-1', 'a-9-9', true],
      ['0197-aa-5-2', '0197-aa-5-1', true],
      ['a-9007199254740993-1', 'a-9007199254740992-1', true],
      ['odd', 'odd', false],
      ['odd', 'a-1-1', true],
    ];
    for (const [id, cursor, after] of table) expect([id, cursor, follows(id, cursor)]).to.deep.equal([id, cursor, after]);
  });
});

/** A server's end of a stream: what it writes reaches whoever has it open. */
class Source {
  readonly opened: (string | null)[] = [];
  private readonly open = new Set<ReadableStreamDefaultController<Uint8Array>>();
  refuse = false;

  readonly connect = async (lastEventId: string | null, signal: AbortSignal): Promise<Response> => {
    if (this.refuse) throw new StreamRefused();
    this.opened.push(lastEventId);
    return new Response(
      new ReadableStream<Uint8Array>({
        start: (controller) => {
          this.open.add(controller);
          controller.enqueue(new TextEncoder().encode(': open\nretry: 20\n\n'));
          signal.addEventListener('abort', () => this.open.delete(controller) && controller.error(new Error('aborted')));
        },
      }),
    );
  };

  get holders(): number {
    return this.open.size;
  }

  tell(id: string | null, data: unknown, type = 'message'): void {
    for (const one of this.open) one.enqueue(new TextEncoder().encode(`${id ? `id: ${id}\n` : ''}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`));
  }

  end(): void {
    for (const one of [...this.open]) {
      this.open.delete(one);
      one.close();
    }
  }
}

class Reader {
  readonly heard: unknown[] = [];
  readonly states: StreamState[] = [];
  resets = 0;
  event({ data }: StreamEvent): void {
    this.heard.push(data);
  }
  reset(): void {
    this.resets += 1;
  }
  state(state: StreamState): void {
    this.states.push(state);
  }
}

describe('a shared stream', () => {
  const stops: (() => void)[] = [];
  let name = '';
  const join = (source: Source): { reader: Reader; leave(): void } => {
    const reader = new Reader();
    const leave = share({ name, open: source.connect }, reader);
    stops.push(leave);
    return { reader, leave };
  };

  beforeEach(() => {
    name = `test ${crypto.randomUUID()}`;
  });
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  it('is opened once for all its readers, who each begin by reading everything', async () => {
    const source = new Source();
    const readers = [join(source), join(source), join(source)].map(({ reader }) => reader);
    await until(() => readers.every(({ resets }) => resets === 1));
    source.tell('e-1-1', 'a');
    source.tell(null, 'passing');
    source.tell('e-1-2', 'b');
    await until(() => readers.every(({ heard }) => heard.length === 3));
    for (const { heard } of readers) expect(heard).to.deep.equal(['a', 'passing', 'b']);
    expect([source.holders, source.opened]).to.deep.equal([1, [null]]);
  });

  it('goes on from the last event after a loss, and hears what it has heard already only once', async () => {
    const source = new Source();
    const { reader } = join(source);
    await until(() => reader.resets === 1);
    source.tell('e-1-1', 'a');
    await until(() => reader.heard.length === 1);
    source.end();
    await until(() => source.opened.length === 2);
    source.tell('e-1-1', 'a');
    source.tell('e-1-2', 'b');
    await until(() => reader.heard.length === 2);
    expect(reader.heard).to.deep.equal(['a', 'b']);
    expect(source.opened).to.deep.equal([null, 'e-1-1']);
    expect(reader.resets).to.equal(1);
  });

  it('is taken over by the next reader, from where it stood', async () => {
    const source = new Source();
    const first = join(source);
    await until(() => first.reader.resets === 1);
    const second = join(source);
    await until(() => second.reader.resets === 1);
    source.tell('e-1-1', 'a');
    await until(() => second.reader.heard.length === 1);
    first.leave();
    await until(() => source.opened.length === 2);
    expect(source.opened[1]).to.equal('e-1-1');
    source.tell('e-1-2', 'b');
    await until(() => second.reader.heard.length === 2);
    expect(second.reader.resets).to.equal(1);
  });

  it('reads everything again when another tab has moved on without it', async () => {
    const source = new Source();
    const first = join(source);
    await until(() => first.reader.resets === 1);
    const second = join(source);
    await until(() => second.reader.resets === 1);
    const others = [new BroadcastChannel(name)];
    others[0]?.postMessage({ kind: 'event', event: { id: 'e-1-9', type: 'message', data: 'late' }, previous: 'e-1-8' });
    await until(() => second.reader.resets === 2);
    others[0]?.close();
    expect(second.reader.heard).to.deep.equal([]);
  });

  it('has all of them read again when the server says so', async () => {
    const source = new Source();
    const readers = [join(source), join(source)].map(({ reader }) => reader);
    await until(() => readers.every(({ resets }) => resets === 1));
    source.tell(null, {}, 'reset');
    await until(() => readers.every(({ resets }) => resets === 2));
  });

  it('stops for good when it is refused, and says so', async () => {
    const source = new Source();
    source.refuse = true;
    const { reader } = join(source);
    await until(() => reader.states.at(-1) === 'refused');
    expect(source.opened).to.deep.equal([]);
  });

  it('is let go of with its last reader', async () => {
    const source = new Source();
    const { reader, leave } = join(source);
    await until(() => reader.resets === 1);
    leave();
    await until(() => source.holders === 0);
  });
});
