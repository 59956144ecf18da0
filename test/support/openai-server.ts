import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/**
 * A local HTTP server that speaks the chat-completions wire protocol, for tests of everything that calls a model.
 *
 *   const server = await startOpenAiServer();
 *   server.script({ kind: 'tools', calls: [{ name: 'search_knowledge', args: { query: 'returns' } }] }, { kind: 'text', text: 'Within 30 days.' });
 *   const models = createModels({ apiKey: 'test', baseUrl: server.url, model: 'test' });
 *   …
 *   server.requests[0]?.body.messages   // what the model was asked
 *   await server.close();
 *
 * Each request takes the next step of the script; when none is left, `otherwise` answers (set it by `server.otherwise = …`),
 * and without one the request gets status 500. A step may be a function of the request. Whether a step is streamed or
 * answered whole follows the request's `stream`, as with the real thing.
 */
export type Step =
  /** A reply. `chunks` cuts it into pieces for the stream (default: words). */
  | { kind: 'text'; text: string; chunks?: string[] }
  /** Structured output: the value as JSON text. */
  | { kind: 'json'; value: unknown }
  /** Tool calls, after `text` if given. Arguments are streamed in small pieces; a string is sent as it stands, valid or not. */
  | { kind: 'tools'; calls: { name: string; args: unknown }[]; text?: string }
  /** An error answer; `retryAfterMs` sends `retry-after-ms`, `retryAfter` (seconds) sends `retry-after`. */
  | { kind: 'status'; status: number; retryAfterMs?: number; retryAfter?: number; message?: string }
  /** Takes the request and never sends a byte. */
  | { kind: 'stall' }
  /** Sends `text`, then no more, with the connection open. */
  | { kind: 'hang'; text: string }
  /** Sends `text`, then breaks the connection. */
  | { kind: 'cut'; text: string }
  /** Sends `text` a word at a time, `everyMs` apart. */
  | { kind: 'drip'; text: string; everyMs: number }
  /** A whole answer that ended for another reason than being finished. */
  | { kind: 'ended'; text: string; reason: 'length' | 'content_filter' }
  /** Bytes that are no answer at all, with status 200. */
  | { kind: 'garbage'; body: string; type?: string };

type Responder = Step | ((request: RecordedRequest) => Step | Promise<Step>);

const bodySchema = z.looseObject({
  model: z.string(),
  stream: z.boolean().optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) })).optional(),
  response_format: z.looseObject({ type: z.string() }).optional(),
});

export interface RecordedRequest {
  headers: IncomingMessage['headers'];
  body: z.infer<typeof bodySchema>;
  /** The system text. */
  system: string;
  /** The text of the user messages, joined. */
  user: string;
  /** Names of the tools on offer. */
  tools: string[];
  /** Resolves when the exchange is over; true when the client hung up before the answer was complete. */
  over: Promise<boolean>;
}

export interface OpenAiServer {
  /** Base URL with the version path. */
  url: string;
  requests: RecordedRequest[];
  /** Answers requests for which the script has no step left. */
  otherwise: Responder | null;
  /** Computes embeddings at `/v1/embeddings`; null: it has none, and the request gets status 404. */
  embed: ((text: string) => number[]) | null;
  /** Adds steps to the script. */
  script(...steps: Responder[]): void;
  /** Forgets script, `otherwise` and requests. */
  reset(): void;
  /** Resolves with the request number `index` (from 0) once it has come in whole. */
  received(index: number): Promise<RecordedRequest>;
  close(): Promise<void>;
}

/** @param options.apiKey when given, requests with another key get 401, as from the real thing */
export async function startOpenAiServer(options: { apiKey?: string } = {}): Promise<OpenAiServer> {
  const steps: Responder[] = [];
  let waiting: { index: number; resolve: (request: RecordedRequest) => void }[] = [];
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
    if (request.url === '/v1/embeddings' && handle.embed) return embeddings(handle.embed, text, response);
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') return sendError(response, { kind: 'status', status: 404 });
    if (options.apiKey !== undefined && request.headers.authorization !== `Bearer ${options.apiKey}`) {
      return sendError(response, { kind: 'status', status: 401, message: 'Incorrect API key provided' });
    }
    const recorded = record(request, response, text);
    handle.requests.push(recorded);
    const index = handle.requests.length - 1;
    waiting.filter((waiter) => waiter.index === index).forEach((waiter) => waiter.resolve(recorded));
    waiting = waiting.filter((waiter) => waiter.index !== index);
    const responder = steps.shift() ?? handle.otherwise ?? { kind: 'status', status: 500, message: 'nothing scripted' };
    const step = typeof responder === 'function' ? await responder(recorded) : responder;
    await play(step, response, recorded.body.stream === true);
  }

  const handle: OpenAiServer = {
    url: '',
    requests: [],
    otherwise: null,
    embed: null,
    script: (...more) => void steps.push(...more),
    reset() {
      steps.length = 0;
      handle.requests.length = 0;
      handle.otherwise = null;
      handle.embed = null;
    },
    received(index) {
      const there = handle.requests[index];
      if (there) return Promise.resolve(there);
      return new Promise((resolve) => waiting.push({ index, resolve }));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  handle.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return handle;
}

function embeddings(embed: (text: string) => number[], text: string, response: ServerResponse): void {
  const { input, model } = z.object({ input: z.array(z.string()), model: z.string() }).parse(JSON.parse(text));
  const data = input.map((one, index) => ({ object: 'embedding', index, embedding: embed(one) }));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ object: 'list', data, model, usage: { prompt_tokens: 1, total_tokens: 1 } }));
}

function record(request: IncomingMessage, response: ServerResponse, text: string): RecordedRequest {
  const body = bodySchema.parse(JSON.parse(text));
  const textOf = (role: string) =>
    body.messages
      .filter((message) => message.role === role)
      .map((message) => plainText(message.content))
      .join('\n');
  return {
    headers: request.headers,
    body,
    system: textOf('system') || textOf('developer'),
    user: textOf('user'),
    tools: (body.tools ?? []).map((tool) => tool.function.name),
    over: new Promise((resolve) => response.once('close', () => resolve(!response.writableFinished))),
  };
}

const contentSchema = z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]);

function plainText(content: unknown): string {
  const parsed = contentSchema.safeParse(content);
  if (!parsed.success) return '';
  return typeof parsed.data === 'string' ? parsed.data : parsed.data.map((part) => part.text ?? '').join('');
}

const words = (text: string) => text.match(/\S+\s*|\s+/gu) ?? [];
const ID = 'chatcmpl-local';
const USAGE = { prompt_tokens: 120, completion_tokens: 12, total_tokens: 132 };

async function play(step: Step, response: ServerResponse, stream: boolean): Promise<void> {
  switch (step.kind) {
    case 'status':
      return sendError(response, step);
    case 'garbage':
      response.writeHead(200, { 'content-type': step.type ?? (stream ? 'text/event-stream' : 'application/json') });
      response.end(step.body);
      return;
    case 'stall':
      return;
    default:
      return stream ? playStream(step, response) : playWhole(step, response);
  }
}

type Spoken = Exclude<Step, { kind: 'status' | 'garbage' | 'stall' }>;

const textOf = (step: Spoken) => (step.kind === 'json' ? JSON.stringify(step.value) : (step.text ?? ''));
const finishOf = (step: Spoken) => (step.kind === 'ended' ? step.reason : step.kind === 'tools' ? 'tool_calls' : 'stop');
const argumentsOf = (args: unknown) => (typeof args === 'string' ? args : JSON.stringify(args));

function playWhole(step: Spoken, response: ServerResponse): void {
  const calls = step.kind === 'tools' ? step.calls : [];
  const body = JSON.stringify({
    id: ID,
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'test',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: textOf(step) || (calls.length > 0 ? null : ''),
          ...(calls.length > 0
            ? {
                tool_calls: calls.map((call, at) => ({ id: `call_${at}`, type: 'function', function: { name: call.name, arguments: argumentsOf(call.args) } })),
              }
            : {}),
        },
        finish_reason: finishOf(step),
      },
    ],
    usage: USAGE,
  });
  response.writeHead(200, { 'content-type': 'application/json' });
  if (step.kind === 'hang') response.write(body.slice(0, body.length / 2));
  else if (step.kind === 'cut') response.write(body.slice(0, body.length / 2), () => response.destroy());
  else response.end(body);
}

async function playStream(step: Spoken, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const event = (choice: Record<string, unknown>, extra: Record<string, unknown> = {}) =>
    `data: ${JSON.stringify({ id: ID, object: 'chat.completion.chunk', created: 1_700_000_000, model: 'test', choices: [{ index: 0, ...choice }], ...extra })}\n\n`;
  const write = (bytes: string) => new Promise<void>((resolve) => response.write(bytes, () => resolve()));
  await write(event({ delta: { role: 'assistant', content: '' }, finish_reason: null }));
  for (const piece of (step.kind === 'text' && step.chunks) || words(textOf(step))) {
    if (step.kind === 'drip') await new Promise((resolve) => setTimeout(resolve, step.everyMs));
    if (response.destroyed) return;
    await write(event({ delta: { content: piece }, finish_reason: null }));
  }
  if (step.kind === 'hang') return;
  if (step.kind === 'cut') {
    response.destroy();
    return;
  }
  for (const [index, call] of (step.kind === 'tools' ? step.calls : []).entries()) {
    await write(
      event({ delta: { tool_calls: [{ index, id: `call_${index}`, type: 'function', function: { name: call.name, arguments: '' } }] }, finish_reason: null }),
    );
    for (const piece of argumentsOf(call.args).match(/.{1,7}/gsu) ?? []) {
      await write(event({ delta: { tool_calls: [{ index, function: { arguments: piece } }] }, finish_reason: null }));
    }
  }
  await write(event({ delta: {}, finish_reason: finishOf(step) }));
  await write(`data: ${JSON.stringify({ id: ID, object: 'chat.completion.chunk', created: 1_700_000_000, model: 'test', choices: [], usage: USAGE })}\n\n`);
  response.end('data: [DONE]\n\n');
}

function sendError(response: ServerResponse, step: Extract<Step, { kind: 'status' }>): void {
  response.writeHead(step.status, {
    'content-type': 'application/json',
    ...(step.retryAfterMs === undefined ? {} : { 'retry-after-ms': String(step.retryAfterMs) }),
    ...(step.retryAfter === undefined ? {} : { 'retry-after': String(step.retryAfter) }),
  });
  response.end(JSON.stringify({ error: { message: step.message ?? `status ${step.status}`, type: 'error', param: null, code: null } }));
}
