/** One event of a `text/event-stream`; `type` is `message` where none is named, `id` null where none is given. */
export interface Told {
  readonly id: string | null;
  readonly type: string;
  readonly data: string;
}

/** Takes a `text/event-stream` apart as its pieces come, wherever they are cut (WHATWG HTML, server-sent events). */
export class EventParser {
  #rest = '';
  #id: string | null = null;
  #type = '';
  #data: string[] = [];

  constructor(
    private readonly told: (event: Told) => void,
    /** The server asks to wait so many milliseconds before connecting again. */
    private readonly retry: (milliseconds: number) => void,
  ) {}

  feed(piece: string): void {
    const text = this.#rest + piece;
    // A carriage return at the very end may be the first half of a line end.
    const cut = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, cut).split(/\r\n|\n|\r/);
    this.#rest = (lines.pop() ?? '') + text.slice(cut);
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#type = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value || null;
    else if (field === 'retry' && /^\d+$/.test(value)) this.retry(Number(value));
  }

  #dispatch(): void {
    if (this.#data.length > 0) this.told({ id: this.#id, type: this.#type || 'message', data: this.#data.join('\n') });
    this.#id = null;
    this.#type = '';
    this.#data = [];
  }
}
