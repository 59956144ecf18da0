/** Checking tokens that a host's back end signed. */
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload, JWTVerifyGetKey } from 'jose';
import type { Config } from '../config.ts';
import { unseal } from '../db/secrets.ts';
import type { WorkspaceKeys } from '../db/workspaces.ts';
import { ProblemError } from './problem.ts';

/** Milliseconds for which fetched keys count as the host's present ones: a key that it removes is refused soon after. */
const KEYS_FRESH_MS = 3_000;
/** Milliseconds for which the last keys still count while the host does not answer. */
const KEYS_STALE_MS = 600_000;
const KEYS_TIMEOUT_MS = 3_000;
const KEYS_MAX_BYTES = 256 * 1024;

const ASYMMETRIC = ['RS256', 'ES256', 'EdDSA'];
/** Seconds by which the host's clock may differ. */
const CLOCK_TOLERANCE = 5;

/** Says no more than this of a token that is not signed for us. */
export const unauthorized = (detail = 'A valid token is needed: Authorization: Bearer …', cause?: unknown): ProblemError =>
  new ProblemError('unauthorized', detail, { headers: { 'WWW-Authenticate': 'Bearer' }, cause });

export interface TokenVerifier {
  /**
   * Claims of a token that the host of this workspace signed for this audience.
   * @throws ProblemError `unauthorized` or `token_expired`; what is wrong with the claims is told only of a right signature
   */
  verify(token: string, workspace: WorkspaceKeys, audience: 'operator' | 'visitor'): Promise<JWTPayload>;
}

/** The workspace that a token names, before anything of it is believed; `null` for what is no token. */
export function workspaceNamedIn(token: string): string | null {
  try {
    const { workspace } = decodeJwt(token);
    return typeof workspace === 'string' && workspace.length <= 100 && !workspace.includes('\0') ? workspace : null;
  } catch {
    return null;
  }
}

export function createTokenVerifier(config: Pick<Config, 'secret' | 'encryptionKeys'>): TokenVerifier {
  const keySets = new Map<string, KeySet>();

  const keySetOf = (url: string): KeySet => {
    const known = keySets.get(url) ?? new KeySet(url);
    keySets.set(url, known);
    return known;
  };

  /** The secret of a workspace that has neither one of its own nor keys at an address is the server's. */
  const secretOf = (workspace: WorkspaceKeys): string | null => {
    if (workspace.secret) return unseal(config.encryptionKeys, `workspace:${workspace.id}`, workspace.secret);
    return workspace.jwksUrl ? null : config.secret;
  };

  return {
    async verify(token, workspace, audience) {
      const options = { audience, requiredClaims: ['sub', 'exp'], clockTolerance: CLOCK_TOLERANCE };
      try {
        // The token's own word for its algorithm only chooses between keys; each key takes the algorithms that it is for.
        if (decodeProtectedHeader(token).alg === 'HS256') {
          const secret = secretOf(workspace);
          if (secret === null) throw unauthorized();
          return (await jwtVerify(token, new TextEncoder().encode(secret), { ...options, algorithms: ['HS256'] })).payload;
        }
        if (!workspace.jwksUrl) throw unauthorized();
        const keys = await keySetOf(workspace.jwksUrl).current();
        return (await jwtVerify(token, keys, { ...options, algorithms: ASYMMETRIC })).payload;
      } catch (error) {
        throw toRefusal(error);
      }
    },
  };
}

function toRefusal(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof errors.JWTExpired) {
    return new ProblemError('token_expired', 'The token has expired.', { headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } });
  }
  if (error instanceof errors.JWTClaimValidationFailed) return unauthorized(`The token’s claim ${error.claim} is missing or wrong.`);
  if (error instanceof KeysUnavailable)
    return new ProblemError('unavailable', 'The host’s keys cannot be fetched now.', { cause: error, headers: { 'Retry-After': '2' } });
  return unauthorized(undefined, error);
}

class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

/** The host's public keys, fetched again when they are a few seconds old and somebody asks. */
class KeySet {
  readonly #url: string;
  #keys: JWTVerifyGetKey | null = null;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #fetching: Promise<void> | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  async current(): Promise<JWTVerifyGetKey> {
    const now = performance.now();
    if (now - this.#triedAt >= KEYS_FRESH_MS || this.#fetching) {
      this.#triedAt = now;
      this.#fetching ??= this.#fetch().finally(() => (this.#fetching = null));
      await this.#fetching;
    }
    if (!this.#keys || performance.now() - this.#fetchedAt > KEYS_STALE_MS) throw new KeysUnavailable('no keys at the JWKS URL');
    return this.#keys;
  }

  /** What cannot be fetched leaves the keys as they were. */
  async #fetch(): Promise<void> {
    try {
      const response = await fetch(this.#url, { redirect: 'error', signal: AbortSignal.timeout(KEYS_TIMEOUT_MS), headers: { accept: 'application/json' } });
      if (!response.ok || !response.body) throw new KeysUnavailable(`status ${response.status}`);
      this.#keys = createLocalJWKSet(JSON.parse(await textOf(response.body)) as JSONWebKeySet);
      this.#fetchedAt = performance.now();
    } catch {
      return;
    }
  }
}

async function textOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > KEYS_MAX_BYTES) throw new KeysUnavailable('the keys are too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
