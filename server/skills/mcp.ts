/** Skills that a server offers by the Model Context Protocol, over streamable HTTP. */
import { createMCPClient } from '@ai-sdk/mcp';
import type { CallToolResult, MCPClient } from '@ai-sdk/mcp';
import type { JsonObject } from './schema.ts';
import type { Called, Outside } from './skill.ts';
import { fillHeaders, withoutSecrets } from './vault.ts';

/** A tool of such a server that the team has chosen, as it was then: what the server says of it later changes nothing here. */
interface McpTool {
  name: string;
  description: string;
  parameters: JsonObject;
  risk: 'low' | 'medium' | 'high';
  effects: boolean;
}

export interface McpConfig {
  /** Without one the skill is not finished, and no agent has it. */
  url?: string | undefined;
  headers: Record<string, string>;
  /** Of a whole call, connecting and all, in milliseconds. */
  timeoutMs: number;
  tools: McpTool[];
}

type OfferedTool = Pick<McpTool, 'name' | 'description' | 'parameters'> & {
  /** The server says that it changes nothing; a hint, which the team may believe. */
  readOnly: boolean;
};

/** Bytes that a server may send in one connection. */
const MAX_BYTES = 1_048_576;
/** Characters of what a tool gave. */
const MAX_RESULT = 32_768;
const MOST_PAGES = 10;
/** Milliseconds that taking leave may take. */
const CLOSE_MS = 500;

interface Line {
  client: MCPClient;
  signal: AbortSignal;
}

/** What was going on when it failed. */
interface Traffic {
  /** The request that runs a tool went out. */
  called: boolean;
  /** What it was answered with. */
  status: number | null;
  fault: unknown;
  tooLarge: boolean;
}

/** Connects, does something, and takes leave: nothing of one call is left for the next. */
async function connected<T>(
  config: McpConfig,
  secrets: Readonly<Record<string, string>>,
  outside: Outside,
  signal: AbortSignal,
  traffic: Traffic,
  work: (line: Line) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const limited = AbortSignal.any([signal, over.signal, AbortSignal.timeout(config.timeoutMs)]);
  let bytes = 0;
  const bounded = (response: Response): Response => {
    const count = new TransformStream<Uint8Array, Uint8Array>({
      transform(part, out) {
        bytes += part.length;
        if (bytes <= MAX_BYTES) return out.enqueue(part);
        traffic.tooLarge = true;
        over.abort();
      },
    });
    const { status, headers } = response;
    return new Response(response.body ? response.body.pipeThrough(count) : null, { status, headers });
  };
  const reach = async (address: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const body = typeof init.body === 'string' ? init.body : undefined;
    const calls = body !== undefined && body.includes('"tools/call"');
    if (calls) traffic.called = true;
    try {
      const response = await outside.fetch(String(address instanceof Request ? address.url : address), {
        method: (init.method ?? 'GET') as 'GET' | 'POST' | 'DELETE',
        headers: Object.fromEntries(new Headers(init.headers)),
        ...(body === undefined ? {} : { body }),
        redirect: 'manual',
        signal: init.signal ? AbortSignal.any([init.signal, limited]) : limited,
      });
      if (calls || !traffic.called) traffic.status = response.status;
      return bounded(response);
    } catch (error) {
      if (calls || !traffic.called) traffic.fault = error;
      throw error;
    }
  };
  const client = await createMCPClient({
    transport: { type: 'http', url: config.url ?? '', headers: fillHeaders(config.headers, secrets), redirect: 'error', fetch: reach as typeof fetch },
    initializationOptions: { signal: limited },
    clientName: 'convene',
    onUncaughtError: () => undefined,
  });
  try {
    return await work({ client, signal: limited });
  } finally {
    await Promise.race([client.close().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())]);
  }
}

const quiet = (): Traffic => ({ called: false, status: null, fault: null, tooLarge: false });

/** Why a server could not be talked to. */
function faultOf(error: unknown, traffic: Traffic, outside: Outside): string {
  if (traffic.tooLarge) return `The server sent more than ${MAX_BYTES} bytes.`;
  if (traffic.fault) return outside.faultOf(traffic.fault, false).error;
  if (traffic.status !== null && (traffic.status < 200 || traffic.status > 299)) return `The server answered ${traffic.status}.`;
  if (error instanceof Error && /abort|timed? ?out/i.test(error.message)) return 'The server did not answer in time.';
  return `The server did not speak as expected: ${error instanceof Error ? error.message : ''}`.slice(0, 300);
}

/** The tools that a server offers, or why it could not be asked, free of secrets. */
export async function listMcpTools(
  config: McpConfig,
  secrets: Readonly<Record<string, string>>,
  outside: Outside,
  signal: AbortSignal,
): Promise<{ items: OfferedTool[]; error: string | null }> {
  const traffic = quiet();
  try {
    const items = await connected(config, secrets, outside, signal, traffic, async (line) => {
      const tools: OfferedTool[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const list = await line.client.listTools({ ...(cursor === undefined ? {} : { params: { cursor } }), options: { signal: line.signal } });
        for (const { name, description, inputSchema, annotations } of list.tools) {
          tools.push({ name, description: description ?? '', parameters: { ...inputSchema }, readOnly: annotations?.readOnlyHint === true });
        }
        cursor = list.nextCursor;
        if (cursor === undefined) break;
      }
      return withoutSecrets(tools, secrets);
    });
    return { items, error: null };
  } catch (error) {
    return { items: [], error: withoutSecrets(faultOf(error, traffic, outside), secrets) };
  }
}

/** Runs a tool. It is never run again by itself: a server is told no key by which it would know the second time. */
export async function callMcp(
  config: McpConfig,
  secrets: Readonly<Record<string, string>>,
  name: string,
  args: unknown,
  outside: Outside,
  signal: AbortSignal,
): Promise<Called> {
  const traffic = quiet();
  try {
    return await connected(config, secrets, outside, signal, traffic, async (line) => {
      const tool = line.client.toolsFromDefinitions({ tools: [{ name, inputSchema: { type: 'object' } }] })[name];
      const given = (await tool?.execute(args as never, { toolCallId: name, messages: [], abortSignal: line.signal })) as CallToolResult;
      const result = withoutSecrets(resultOf(given), secrets);
      if (given.isError) return { outcome: 'failed', status: traffic.status, result, error: 'The tool says that it failed.' };
      return { outcome: 'done', status: traffic.status, result, error: null };
    });
  } catch (error) {
    // The server refused it, in words of the protocol or by a status: then it has not been carried out.
    const refused = (error as { code?: unknown }).code !== undefined || (traffic.status !== null && traffic.status >= 300 && traffic.status <= 499);
    const never = traffic.fault !== null && outside.faultOf(traffic.fault, false).kind !== 'unknown';
    const outcome = traffic.called && !refused && !never ? 'unknown' : 'failed';
    return { outcome, status: traffic.status, result: null, error: withoutSecrets(faultOf(error, traffic, outside), secrets) };
  }
}

/** What a tool gave: its structured content, or its texts. Pictures and sounds are named only. */
function resultOf(given: CallToolResult): unknown {
  const { structuredContent, content } = given as { structuredContent?: unknown; content?: { type: string; text?: string }[] };
  if (structuredContent !== undefined && structuredContent !== null && JSON.stringify(structuredContent).length <= MAX_RESULT) return structuredContent;
  const text = (content ?? []).map((part) => (part.type === 'text' ? (part.text ?? '') : `[${part.type}]`)).join('\n');
  return text.length > MAX_RESULT ? `${text.slice(0, MAX_RESULT)} …` : text;
}
