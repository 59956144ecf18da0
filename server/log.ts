/** Structured logs, one JSON object a line, without secrets. */
import pino from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type { Logger } from 'pino';

/** Names under which a secret or a customer's words could reach a log. */
const secretNames = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'secrets',
  'token',
  'identityToken',
  'apiKey',
  'databaseUrl',
  'connectionString',
  'credentials',
  'signature',
];

/** What stands in the place of a secret. */
const hidden = '[hidden]';

/**
 * @param level of pino: `fatal` to `trace`, or `silent`
 * @param destination where the lines go; standard output when not given
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: hidden },
    serializers: { err: serializeError, error: serializeError },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** An error as a log shows it: what it is and where, not the values it carries (a driver's error holds the query's parameters). */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return withoutSecrets(String(error));
  const code = 'code' in error ? error.code : undefined;
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    message: withoutSecrets(error.message),
    stack: withoutSecrets(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: serializeError(error.cause) }),
  };
}

/** Blanks the user part of URLs, bearer tokens and JWTs wherever they stand in a text. */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${hidden}@`)
    .replaceAll(/\bbearer\s+[\w.~+/=-]+/gi, `Bearer ${hidden}`)
    .replaceAll(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, hidden)
    .replaceAll(/\bsk-[\w-]{8,}/g, hidden);
}
