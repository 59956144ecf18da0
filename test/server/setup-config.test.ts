import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { checkServerVersion, connect } from '../../server/db/connect.ts';
import { createLog } from '../../server/log.ts';

const secret = 'thirty-two characters, or more of them';

/** The message of a refusal. */
function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment, 'production');
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return '';
}

describe('the environment', () => {
  test('production refuses to start without its secret, and says which', () => {
    expect(refusal({})).toBe('Convene cannot start with this environment:\n  CONVENE_SECRET is not set');
    expect(refusal({ CONVENE_SECRET: '  ' })).toContain('CONVENE_SECRET is not set');
  });

  test('every fault is named at once, and no value is printed', () => {
    const message = refusal({
      CONVENE_SECRET: 'geheim',
      PORT: '70123',
      ALLOWED_ORIGINS: 'wrong.example/x',
      ROLE: 'boss',
      ENCRYPTION_KEY: 'c2hvcnQ=',
    });
    for (const name of ['CONVENE_SECRET', 'PORT', 'ALLOWED_ORIGINS', 'ROLE', 'ENCRYPTION_KEY']) expect(message).toContain(name);
    for (const value of ['geheim', '70123', 'wrong.example', 'boss', 'c2hvcnQ=']) expect(message).not.toContain(value);
  });

  test('the secret is all that production needs; the limits for visitors are strict', () => {
    const config = readConfig({ CONVENE_SECRET: secret }, 'production');
    expect(config).toMatchObject({
      port: 4400,
      role: 'both',
      visitorSessionsPerMinute: 60,
      visitorMessagesPerMinute: 30,
      allowedOrigins: [],
    });
    expect(config.encryptionKeys[0].symmetricKeySize).toBe(32);
  });

  test('the keys of the environment: the newest first, then earlier ones, then the one that follows from the server’s secret', () => {
    const [key, one, two] = [randomBytes(32), randomBytes(32), randomBytes(32)];
    const environment = {
      CONVENE_SECRET: secret,
      ENCRYPTION_KEY: key.toString('hex'),
      ENCRYPTION_KEYS_BEFORE: `${one.toString('base64')}, ${two.toString('hex')}`,
    };
    const ring = readConfig(environment, 'production').encryptionKeys;
    expect(ring.slice(0, 3).map((each) => each.export())).toEqual([key, one, two]);
    expect(ring.at(-1)!.equals(readConfig({ CONVENE_SECRET: secret }, 'production').encryptionKeys[0])).toBe(true);
    expect(() => readConfig({ ...environment, ENCRYPTION_KEYS_BEFORE: 'c2hvcnQ=' }, 'production')).toThrow(/ENCRYPTION_KEYS_BEFORE/);
  });

  test('the demo is generous to visitors and stays on this machine', () => {
    const config = readConfig({ CONVENE_SECRET: 'x' }, 'demo');
    expect(config).toMatchObject({ host: '127.0.0.1', visitorSessionsPerMinute: 10_000, visitorMessagesPerMinute: 10_000 });
  });

  test('lists and addresses are tidied', () => {
    const config = readConfig(
      { CONVENE_SECRET: secret, ALLOWED_ORIGINS: 'https://a.example, http://localhost:3000', PUBLIC_URL: 'https://in.example/' },
      'production',
    );
    expect(config.allowedOrigins).toEqual(['https://a.example', 'http://localhost:3000']);
    expect(config.publicUrl).toBe('https://in.example');
  });
});

test('traces go where the standard variables say, and nowhere without them', () => {
  const tracing = (given: Record<string, string>) => readConfig({ CONVENE_SECRET: secret, ...given }, 'production').tracing;
  const at = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' };
  expect(tracing({})).toBe(null);
  expect(tracing({ OTEL_SERVICE_NAME: 'inbox', OTEL_TRACES_EXPORTER: 'otlp' })).toBe(null);
  expect(tracing({ ...at, OTEL_SERVICE_NAME: 'inbox' })).toEqual({ url: 'http://collector:4318/v1/traces', serviceName: 'inbox' });
  expect(tracing({ ...at, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://traces:4318/in' })?.url).toBe('http://traces:4318/in');
  expect([tracing({ ...at, OTEL_SDK_DISABLED: 'TRUE' }), tracing({ ...at, OTEL_TRACES_EXPORTER: 'none' })]).toEqual([null, null]);
});

describe('DATABASE_URL', () => {
  test('Postgres before 15 is refused with what to do', () => {
    expect(() => checkServerVersion(140_012)).toThrow(/Postgres 14; Convene needs 15 or later/);
    expect(() => checkServerVersion(150_000)).not.toThrow();
  });

  test('a database that does not answer is named without its password', async () => {
    const failing = connect({ databaseUrl: 'postgres://someone:hunter2@127.0.0.1:1/none', dataDir: 'unused' });
    await expect(failing).rejects.toThrow(/^Nothing answers.*\(127\.0\.0\.1:1\/none\)\.$/);
  });

  test('what is no connection string is said to be none', async () => {
    await expect(connect({ databaseUrl: 'hunter2', dataDir: 'unused' })).rejects.toThrow(/^DATABASE_URL is no connection string/);
  });
});

test('no secret reaches the log, wherever it hides', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';
  log.info({ token: jwt, request: { headers: { authorization: `Bearer ${jwt}` } }, account: { credentials: { password: 'hunter2' } } }, 'hello');
  log.error({ err: Object.assign(new Error(`postgres://u:hunter2@host/db refused ${jwt}`), { parameters: ['hunter2'] }) }, 'failed');
  const text = lines.join('');
  expect(lines).toHaveLength(2);
  expect(text).toContain('failed');
  expect(text).not.toContain('hunter2');
  expect(text).not.toContain(jwt);
});
