/** Endpoints of a team's own on this machine: one by HTTP that answers as its path says, one that speaks the Model Context Protocol. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface SeenRequest {
  method: string;
  url: string;
  headers: Headers;
  body: string;
}

export interface Endpoint {
  url: string;
  seen: SeenRequest[];
  /** Those that came to a path. */
  at(path: string): SeenRequest[];
  close(): Promise<void>;
}

type Answer = (request: SeenRequest, response: ServerResponse, times: number) => void | Promise<void>;

/** @param answers by path, without the query */
export async function startEndpoint(answers: Record<string, Answer>): Promise<Endpoint> {
  const seen: SeenRequest[] = [];
  const at = (path: string): SeenRequest[] => seen.filter(({ url }) => url.split('?')[0] === path);
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part as string;
    const headers = new Headers(
      Object.entries(request.headers).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : [])),
    );
    const one = { method: request.method ?? '', url: request.url ?? '', headers, body };
    seen.push(one);
    const path = one.url.split('?')[0] ?? '';
    const answer = answers[path];
    if (!answer) return void response.writeHead(404).end();
    await answer(one, response, at(path).length);
  };
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    at,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with JSON. */
export const json =
  (value: unknown, status = 200): Answer =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

interface McpTool {
  name: string;
  description: string;
  inputSchema: Record<string, unknown>;
  annotations?: Record<string, unknown>;
  call(args: Record<string, unknown>): unknown;
}

/** A server of the protocol over streamable HTTP, with a session of its own for each connection; it answers calls as a stream of events. */
export function mcpServer(tools: readonly McpTool[], authorization: string): Answer {
  const sessions = new Set<string>();
  return (request, response) => {
    if (request.headers.get('authorization') !== authorization) return void response.writeHead(401).end();
    const session = request.headers.get('mcp-session-id');
    if (request.method === 'DELETE') return void response.writeHead(sessions.delete(session ?? '') ? 204 : 404).end();
    if (request.method !== 'POST') return void response.writeHead(405).end();
    const { id, method, params } = JSON.parse(request.body) as {
      id?: number;
      method: string;
      params?: { name: string; arguments: Record<string, unknown>; protocolVersion?: string };
    };
    if (method !== 'initialize' && !sessions.has(session ?? '')) return void response.writeHead(404).end();
    if (id === undefined) return void response.writeHead(202).end();
    const reply = (result: unknown, headers: Record<string, string> = {}): void =>
      void response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ jsonrpc: '2.0', id, result }));
    if (method === 'initialize') {
      const mine = `session-${sessions.size}`;
      sessions.add(mine);
      return reply(
        { protocolVersion: params?.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'stock', version: '1' } },
        { 'mcp-session-id': mine },
      );
    }
    if (method === 'tools/list') return reply({ tools: tools.map(({ call: _, ...tool }) => tool) });
    const tool = tools.find(({ name }) => name === params?.name);
    const message = tool
      ? { jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: JSON.stringify(tool.call(params?.arguments ?? {})) }] } }
      : { jsonrpc: '2.0', id, error: { code: -32602, message: 'there is no such tool' } };
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
  };
}
