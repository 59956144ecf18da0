/** What collects spans and sends them by OTLP over HTTP; loaded only where the environment says where to. */
import { setTimeout as delay } from 'node:timers/promises';
import { context, diag, DiagLogLevel, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { TracingConfig } from './tracing.ts';

/** Milliseconds that the last spans have to be sent, once all else has ended. */
const LAST_MS = 5_000;

/** What of the AI SDK's spans is sent: which model, how much of it, how it ended; nothing that was said. */
const OF_MODELS: readonly string[] = [
  'operation.name',
  'ai.operationId',
  'ai.telemetry.functionId',
  'ai.model.provider',
  'ai.model.id',
  'ai.toolCall.name',
  'ai.settings.maxRetries',
  'ai.response.finishReason',
  'ai.response.msToFirstChunk',
  'ai.response.msToFinish',
  'ai.usage.inputTokens',
  'ai.usage.outputTokens',
  'ai.usage.totalTokens',
  'gen_ai.system',
  'gen_ai.request.model',
  'gen_ai.request.temperature',
  'gen_ai.request.max_tokens',
  'gen_ai.response.finish_reasons',
  'gen_ai.response.model',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
];

/**
 * Registers it for the process. Sampling, batches, headers and the like are OpenTelemetry's own variables of the environment.
 * @param own names of the attributes that may be sent, beside those of the AI SDK
 * @returns how to end it; null where the process has one already, which then gets the spans
 */
export function collect({ url, serviceName }: TracingConfig, own: readonly string[], warn: (what: string) => void): (() => Promise<void>) | null {
  const named = (name: string) => resourceFromAttributes({ 'service.name': name });
  const given = defaultResource()
    .merge(named('convene'))
    .merge(detectResources({ detectors: [envDetector] }));
  const resource = serviceName === undefined ? given : given.merge(named(serviceName));
  const exporter = narrowed(new OTLPTraceExporter({ url }), new Set([...own, ...OF_MODELS]));
  const provider = new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] });
  if (!trace.setGlobalTracerProvider(provider)) {
    void provider.shutdown();
    return null;
  }
  const contexts = new AsyncLocalStorageContextManager().enable();
  const ours = context.setGlobalContextManager(contexts);
  const say = (message: string): void => warn(message);
  diag.setLogger(
    { error: say, warn: say, info: () => undefined, debug: () => undefined, verbose: () => undefined },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return async () => {
    const sent = provider.shutdown().then(
      () => true,
      (error: unknown) => (warn(String(error)), true),
    );
    const over = new AbortController();
    const late = delay(LAST_MS, false, { signal: over.signal }).catch(() => true);
    if (!(await Promise.race([sent, late]))) warn('the last spans could not be sent in time');
    over.abort();
    trace.disable();
    if (ours) context.disable();
    diag.disable();
  };
}

/** Sends of each span only attributes that are known to say nothing of anybody's words, and of an error only its kind. */
function narrowed(exporter: SpanExporter, known: ReadonlySet<string>): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(
        spans.map((span) => narrow(span, known)),
        done,
      ),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

function narrow(span: ReadableSpan, known: ReadonlySet<string>): ReadableSpan {
  const kind =
    span.status.code === SpanStatusCode.ERROR
      ? span.events.map(({ attributes }) => attributes?.['exception.type']).find((type) => typeof type === 'string')
      : undefined;
  const attributes: Attributes = Object.fromEntries(Object.entries(span.attributes).filter(([name]) => known.has(name)));
  // A getter stays one: what is not named here is the span's own.
  return Object.create(span, {
    attributes: { value: { ...(kind !== undefined && { 'error.type': kind }), ...attributes }, enumerable: true },
    events: { value: [], enumerable: true },
    status: { value: { code: span.status.code }, enumerable: true },
  }) as ReadableSpan;
}
