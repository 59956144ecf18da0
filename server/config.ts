/** The environment, read once. Every variable is here, with what it is for; the README lists the same. */
import { createSecretKey, hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Keyring } from './db/secrets.ts';
import { SetupError } from './process.ts';
import type { TracingConfig } from './tracing.ts';

/** `production` refuses to start without its secrets; `demo` brings its own and is generous to visitors. */
type Form = 'production' | 'demo';

const milliseconds = z.coerce.number().int().min(0).max(600_000);
const perMinute = z.coerce.number().int().min(1).max(1_000_000);
const url = z.url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' });

const origins = z
  .string()
  .transform((list) => list.split(',').map((origin) => origin.trim()))
  .pipe(
    z.array(
      z.string().refine((origin) => URL.canParse(origin) && new URL(origin).origin === origin, {
        error: 'must be origins such as https://shop.example, separated by commas',
      }),
    ),
  );

const hosts = z
  .string()
  .transform((list) => list.split(',').map((host) => host.trim().toLowerCase()))
  .pipe(z.array(z.string().regex(/^[a-z0-9._:-]{1,253}$/, { error: 'must be names or addresses of hosts, separated by commas' })));

/** 32 bytes, as 64 hexadecimal digits or in base64. */
const key = z
  .string()
  .transform((text) => Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64'))
  .refine((bytes) => bytes.length === 32, {
    error: 'must be 32 bytes, as 64 hexadecimal digits or in base64 (openssl rand -base64 32)',
  });

const secret = (least: number) => z.string().min(least, { error: `must have at least ${least} characters (openssl rand -base64 48)` });

const variables = (form: Form) =>
  z.object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(4400).describe('Port of the HTTP server; 0 for any free one.'),
    HOST: z
      .string()
      .default(form === 'demo' ? '127.0.0.1' : '0.0.0.0')
      .describe('Address to listen on. The demo, which hands out tokens, listens on this machine only.'),
    DATABASE_URL: z.string().optional().describe('Postgres 15 or later, a direct connection. Unset: an embedded Postgres in DATA_DIR.'),
    DATA_DIR: z.string().default('.data').describe('Folder of what stays between runs: the embedded Postgres and uploaded files.'),
    FILES_DIR: z.string().optional().describe('Folder of uploaded files, the same one for every process of a deployment. Unset: files in DATA_DIR.'),
    FILES_S3_ENDPOINT: url.optional().describe('An S3-compatible store for files, instead of FILES_DIR, which then holds only what is on its way.'),
    FILES_S3_BUCKET: z
      .string()
      .regex(/^[a-zA-Z0-9._-]{3,255}$/, { error: 'must be the name of a bucket' })
      .optional()
      .describe('Its bucket, addressed by path.'),
    FILES_S3_REGION: z.string().default('us-east-1').describe('Its region, which is part of the signature.'),
    FILES_S3_KEY_ID: z.string().optional().describe('Id of the key that may read, write and delete there.'),
    FILES_S3_SECRET: z.string().optional().describe('The key itself.'),
    FILE_MAX_BYTES: z.coerce.number().int().min(1).max(1_000_000_000).default(25_000_000).describe('Most bytes of an uploaded file.'),
    CONVENE_SECRET: secret(form === 'demo' ? 1 : 32).describe(
      'Signs visitor sessions and file links, and the operator tokens of the demo workspace (HS256). The demo makes one when unset.',
    ),
    ENCRYPTION_KEY: key.optional().describe('Encrypts the secrets of channel accounts in the database. Unset: derived from CONVENE_SECRET.'),
    ENCRYPTION_KEYS_BEFORE: z
      .string()
      .transform((list) => list.split(',').map((one) => one.trim()))
      .pipe(z.array(key))
      .default([])
      .describe('Earlier values of ENCRYPTION_KEY, separated by commas: what they encrypted is read, and encrypted anew at the next start.'),
    PUBLIC_URL: url.optional().describe('Where the outside reaches this server; providers sign it, links carry it. Unset: http://localhost:PORT.'),
    ALLOWED_ORIGINS: origins.default([]).describe('Origins of the pages that embed the elements, separated by commas.'),
    OPENAI_API_KEY: z.string().optional().describe('Key of an OpenAI-compatible model. Unset, with OPENAI_BASE_URL unset too: the built-in model.'),
    OPENAI_BASE_URL: url.optional().describe("The model's address with its version path, such as https://api.openai.com/v1."),
    MODEL: z.string().optional().describe('Name of the model as its endpoint knows it.'),
    MODEL_PRICES: z
      .string()
      .regex(/^\d+(\.\d+)?\/\d+(\.\d+)?$/, { error: 'must be two prices, such as 0.40/1.60' })
      .optional()
      .describe('What a million tokens cost, in and out, such as 0.40/1.60. Unset: tokens are shown without their cost.'),
    EMBEDDING_MODEL: z
      .string()
      .optional()
      .describe('Name of a model of the same endpoint that computes embeddings, so that articles are found by their meaning too. Unset: by their words only.'),
    WORKSPACE: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'must be lower-case letters, digits and dashes' })
      .default('main')
      .describe('Slug of the workspace that the first start in production makes; operator tokens name it.'),
    JWKS_URL: url.optional().describe('Where the host publishes its keys, for operator tokens of that workspace by RS256, ES256 or EdDSA.'),
    TWILIO_API_BASE: url.default('https://api.twilio.com').describe('Where Twilio’s API is; credentials of SMS accounts go nowhere else.'),
    META_API_BASE: url
      .default('https://graph.facebook.com')
      .describe('Where Meta’s Graph API is; credentials of WhatsApp and Instagram accounts go nowhere else.'),
    PRIVATE_HOSTS: hosts
      .default(form === 'demo' ? ['localhost', '127.0.0.1'] : [])
      .describe(
        'Hosts of your own network that channel accounts may name as mail server or webhook, by name or address, separated by commas. All others have to be on the public internet. The demo allows this machine.',
      ),
    MODEL_TIMEOUT_MS: milliseconds.default(30_000).describe('Most milliseconds that one call of the model may take.'),
    ROLE: z.enum(['web', 'worker', 'both']).default('both').describe('What this process does: answer HTTP, run jobs, or both.'),
    WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(10).describe('Jobs that this process runs at once.'),
    DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(500).default(20).describe('Most connections of this process to Postgres.'),
    VISITOR_SESSIONS_PER_MINUTE: perMinute.default(form === 'demo' ? 10_000 : 60).describe('New visitor sessions a minute and address.'),
    VISITOR_MESSAGES_PER_MINUTE: perMinute.default(form === 'demo' ? 10_000 : 30).describe('Messages, and also files, a minute and visitor.'),
    TRUSTED_PROXIES: z.coerce
      .number()
      .int()
      .min(0)
      .max(10)
      .default(0)
      .describe('Proxies in front whose X-Forwarded-For is believed; 0: the address of the connection counts.'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default(form === 'demo' ? 'warn' : 'info')
      .describe('Least level that is logged.'),
    OTEL_EXPORTER_OTLP_ENDPOINT: url
      .optional()
      .describe(
        'A collector that takes OTLP over HTTP, such as http://localhost:4318: traces go to /v1/traces there. Unset, with the next one unset too: nothing is traced.',
      ),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url.optional().describe('Where traces go instead, with the whole path.'),
    OTEL_EXPORTER_OTLP_HEADERS: z.string().optional().describe('Headers for the collector, such as authorization=Bearer%20….'),
    OTEL_SERVICE_NAME: z.string().optional().describe('What traces call this deployment. Unset: convene.'),
    OTEL_TRACES_SAMPLER: z.string().optional().describe('Which traces are kept, such as parentbased_traceidratio. Unset: all.'),
    OTEL_TRACES_SAMPLER_ARG: z.string().optional().describe('What share of them, such as 0.1.'),
    OTEL_TRACES_EXPORTER: z.string().default('otlp').describe('With none, nothing is traced.'),
    OTEL_SDK_DISABLED: z.string().default('false').describe('With true, nothing is traced.'),
  });

type Variables = z.output<ReturnType<typeof variables>>;

/** Names of all variables, for whoever documents or checks them. */
export const variableNames: readonly string[] = Object.keys(variables('production').shape);

/** An S3-compatible store. */
export interface S3Config {
  /** Without a slash at the end. */
  endpoint: string;
  bucket: string;
  region: string;
  keyId: string;
  secret: string;
}

export interface Config {
  form: Form;
  port: number;
  host: string;
  databaseUrl: string | undefined;
  databaseConnections: number;
  dataDir: string;
  filesDir: string;
  /** Where files lie, unless in `filesDir`. */
  filesS3: S3Config | undefined;
  fileMaxBytes: number;
  secret: string;
  /** For secrets at rest, 32 bytes each. */
  encryptionKeys: Keyring;
  /** Without a slash at the end; `undefined` until the port is known. */
  publicUrl: string | undefined;
  allowedOrigins: string[];
  model: {
    apiKey: string | undefined;
    baseUrl: string | undefined;
    model: string | undefined;
    embeddingModel: string | undefined;
    timeoutMs: number /** Of a million tokens. */;
    prices: { input: number; output: number } | null;
  };
  /** Made by the first start in production. */
  workspace: { slug: string; jwksUrl: string | undefined };
  apiBases: { twilio: string; meta: string };
  /** Hosts inside that accounts may name, in lower case. */
  privateHosts: string[];
  role: 'web' | 'worker' | 'both';
  workerConcurrency: number;
  visitorSessionsPerMinute: number;
  visitorMessagesPerMinute: number;
  trustedProxies: number;
  logLevel: string;
  /** Null: nothing is traced. */
  tracing: TracingConfig | null;
}

/**
 * Reads the environment. An empty variable counts as unset.
 * @throws SetupError that names every variable that is missing or wrong, and prints no value
 */
export function readConfig(environment: NodeJS.ProcessEnv, form: Form): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const result = variables(form).safeParse(given);
  if (result.success) return toConfig(result.data, form);
  const faults = new Map<string, string>();
  for (const { path, message } of result.error.issues) {
    const name = String(path[0]);
    if (!faults.has(name)) faults.set(name, given[name] === undefined ? 'is not set' : describe(message));
  }
  const lines = [...faults].map(([name, fault]) => `  ${name} ${fault}`);
  throw new SetupError(`Convene cannot start with this environment:\n${lines.join('\n')}`);
}

/** zod's own messages speak of types; none of them repeats the value. */
function describe(message: string): string {
  return message.startsWith('must') ? message : `is wrong: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

/** @throws SetupError where only some of the store's variables are set */
function s3Of({ FILES_S3_ENDPOINT, FILES_S3_BUCKET, FILES_S3_REGION, FILES_S3_KEY_ID, FILES_S3_SECRET }: Variables): S3Config | undefined {
  const needed = { FILES_S3_ENDPOINT, FILES_S3_BUCKET, FILES_S3_KEY_ID, FILES_S3_SECRET };
  const lacking = Object.entries(needed)
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  if (lacking.length === Object.keys(needed).length) return undefined;
  if (!FILES_S3_ENDPOINT || !FILES_S3_BUCKET || !FILES_S3_KEY_ID || !FILES_S3_SECRET) {
    throw new SetupError(`Convene cannot start with this environment:\n${lacking.map((name) => `  ${name} is not set`).join('\n')}`);
  }
  return { endpoint: FILES_S3_ENDPOINT.replace(/\/+$/, ''), bucket: FILES_S3_BUCKET, region: FILES_S3_REGION, keyId: FILES_S3_KEY_ID, secret: FILES_S3_SECRET };
}

function toConfig(read: Variables, form: Form): Config {
  return {
    form,
    port: read.PORT,
    host: read.HOST,
    databaseUrl: read.DATABASE_URL,
    databaseConnections: read.DATABASE_CONNECTIONS,
    dataDir: read.DATA_DIR,
    filesDir: read.FILES_DIR ?? join(read.DATA_DIR, 'files'),
    filesS3: s3Of(read),
    fileMaxBytes: read.FILE_MAX_BYTES,
    secret: read.CONVENE_SECRET,
    encryptionKeys: keyring(read),
    publicUrl: read.PUBLIC_URL?.replace(/\/+$/, ''),
    allowedOrigins: read.ALLOWED_ORIGINS,
    model: {
      apiKey: read.OPENAI_API_KEY,
      baseUrl: read.OPENAI_BASE_URL,
      model: read.MODEL,
      embeddingModel: read.EMBEDDING_MODEL,
      timeoutMs: read.MODEL_TIMEOUT_MS,
      prices: pricesOf(read),
    },
    workspace: { slug: read.WORKSPACE, jwksUrl: read.JWKS_URL },
    apiBases: { twilio: read.TWILIO_API_BASE, meta: read.META_API_BASE },
    privateHosts: read.PRIVATE_HOSTS,
    role: read.ROLE,
    workerConcurrency: read.WORKER_CONCURRENCY,
    visitorSessionsPerMinute: read.VISITOR_SESSIONS_PER_MINUTE,
    visitorMessagesPerMinute: read.VISITOR_MESSAGES_PER_MINUTE,
    trustedProxies: read.TRUSTED_PROXIES,
    logLevel: read.LOG_LEVEL,
    tracing: tracingOf(read),
  };
}

/** By the rules of OpenTelemetry's specification for these variables. */
function tracingOf(read: Variables): TracingConfig | null {
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: whole, OTEL_EXPORTER_OTLP_ENDPOINT: base } = read;
  const url = whole ?? (base && `${base.replace(/\/+$/, '')}/v1/traces`);
  const off = read.OTEL_SDK_DISABLED.trim().toLowerCase() === 'true' || !read.OTEL_TRACES_EXPORTER.split(',').some((name) => name.trim() === 'otlp');
  return url && !off ? { url, serviceName: read.OTEL_SERVICE_NAME } : null;
}

function pricesOf({ MODEL_PRICES: given }: Variables): Config['model']['prices'] {
  const [input, output] = given?.split('/').map(Number) ?? [];
  return input === undefined || output === undefined ? null : { input, output };
}

/** What the server's own secret gives opens too, so that a key of one's own can be set at any time. */
function keyring({ ENCRYPTION_KEY: given, ENCRYPTION_KEYS_BEFORE: before, CONVENE_SECRET: own }: Variables): Keyring {
  const derived = createSecretKey(Buffer.from(hkdfSync('sha256', own, '', 'convene secrets at rest', 32)));
  const earlier = before.map((bytes) => createSecretKey(bytes));
  return given === undefined ? [derived, ...earlier] : [createSecretKey(given), ...earlier, derived];
}
