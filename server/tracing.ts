/**
 * Spans from a customer's message to the delivery of its answer. What stands here is OpenTelemetry's bare interface, which does
 * nothing until somebody has registered who collects: {@link startTracing}, or the process that Convene is a part of.
 */
import { isSpanContextValid, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';
import type { TelemetrySettings } from 'ai';
import { errorCode } from './process.ts';

/** What spans carry: ids and kinds, never what somebody wrote. */
const NAMES = {
  workspaceId: 'convene.workspace_id',
  conversationId: 'convene.conversation_id',
  messageId: 'convene.message_id',
  accountId: 'convene.account_id',
  agentId: 'convene.agent_id',
  channel: 'convene.channel',
  outcome: 'convene.outcome',
  attempt: 'convene.attempt',
  method: 'http.request.method',
  route: 'http.route',
  status: 'http.response.status_code',
} as const;

/** The names of all attributes of our own spans. */
const ATTRIBUTES: readonly string[] = [...Object.values(NAMES), 'error.type'];

export type Told = { [name in keyof typeof NAMES]?: string | number | null | undefined };

export interface Place {
  /** The W3C `traceparent` that it goes on from; null begins a trace. Left out, it is a part of what goes on. */
  from?: string | null;
  kind?: 'server' | 'consumer' | 'producer';
  /** When it began, if not now: milliseconds since 1970. */
  began?: number;
}

const KINDS = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, producer: SpanKind.PRODUCER } as const;

/**
 * Runs `work` as a span; an error ends it under its kind, and is thrown on.
 * @param work is given how to tell what is known later, and how to name the span by it
 */
export function inSpan<T>(
  name: string,
  told: Told,
  work: (tell: (more: Told, name?: string) => void) => Promise<T>,
  { from, kind, began }: Place = {},
): Promise<T> {
  const settings = { attributes: attributesOf(told), ...(kind && { kind: KINDS[kind] }), ...(began !== undefined && { startTime: began }) };
  const inside = async (span: Span): Promise<T> => {
    try {
      return await work((more, renamed) => {
        span.setAttributes(attributesOf(more));
        if (renamed) span.updateName(renamed);
        if (typeof more.status === 'number' && more.status >= 500)
          span.setAttribute('error.type', String(more.status)).setStatus({ code: SpanStatusCode.ERROR });
      });
    } catch (error) {
      span.setAttribute('error.type', kindOf(error)).setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  };
  const tracer = trace.getTracer('convene');
  return from === undefined ? tracer.startActiveSpan(name, settings, inside) : tracer.startActiveSpan(name, settings, contextOf(from), inside);
}

/** Where a later part of this trace goes on from, as a W3C `traceparent`; null where nothing is traced. */
export function currentTrace(): string | null {
  const span = trace.getActiveSpan()?.spanContext();
  if (!span || !isSpanContextValid(span)) return null;
  return `00-${span.traceId}-${span.spanId}-${(span.traceFlags & 0xff).toString(16).padStart(2, '0')}`;
}

const PARENT = /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/;

/** What is no `traceparent` begins a trace. */
function contextOf(parent: string | null): Context {
  const [, traceId, spanId, flags] = PARENT.exec(parent ?? '') ?? [];
  if (!traceId || !spanId || !flags) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true });
}

const attributesOf = (told: Told): Record<string, string | number> =>
  Object.fromEntries(Object.entries(told).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[NAMES[name as keyof Told], value]])));

/** A code or a class, never a message: that may say what somebody wrote. */
function kindOf(error: unknown): string {
  const kind = errorCode(error) ?? (error instanceof Error ? error.name : typeof error);
  return /^[\w.-]{1,60}$/.test(kind) ? kind : 'Error';
}

let collecting = false;

/** For the AI SDK: its spans are taken where what is sent is ours to narrow, since its errors repeat what a model was told. */
export const modelTelemetry = (functionId: string): TelemetrySettings => ({ isEnabled: collecting, recordInputs: false, recordOutputs: false, functionId });

/** Where spans go. */
export interface TracingConfig {
  /** Address that takes OTLP over HTTP, with its path. */
  url: string;
  /** What they are sent under; undefined for the usual name. */
  serviceName: string | undefined;
}

/**
 * Loads what collects spans and sends them off, unless the process has such a thing already.
 * @param warn told what could not be sent
 * @returns how to end it: what is left is sent first
 */
export async function startTracing(config: TracingConfig, warn: (what: string) => void): Promise<() => Promise<void>> {
  const { collect } = await import('./tracing-collect.ts');
  const end = collect(config, ATTRIBUTES, warn);
  if (!end) return async () => undefined;
  collecting = true;
  return () => {
    collecting = false;
    return end();
  };
}
