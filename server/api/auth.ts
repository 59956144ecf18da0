/** Who is asking: a bearer token becomes a caller, or a refusal. */
import { z } from 'zod';
import type { Endpoint } from '../contract/endpoint.ts';
import { Name, Role } from '../contract/common.ts';
import { useApiKey } from '../db/api-keys.ts';
import type { Db } from '../db/change.ts';
import { refreshOperator } from '../db/operators.ts';
import { hashToken, visitorSession } from '../db/visitors.ts';
import { workspaceKeys } from '../db/workspaces.ts';
import type { WorkspaceKeys } from '../db/workspaces.ts';
import type { Config } from '../config.ts';
import type { Caller, HostCaller, OperatorCaller, VisitorCaller } from './caller.ts';
import { ProblemError } from './problem.ts';
import { createTokenVerifier, unauthorized, workspaceNamedIn } from './tokens.ts';
import type { TokenVerifier } from './tokens.ts';

/** Milliseconds for which a token that was found good is not asked about again; other processes are told to forget sooner. */
const REMEMBER_MS = 2_000;
const REMEMBER_MOST = 10_000;
/** Seconds that an operator's token may have to live. */
const LONGEST_LIFE = 24 * 60 * 60;
/** Seconds by which the host's clock may be ahead. */
const CLOCK_TOLERANCE = 60;

const OperatorClaims = z.object({
  sub: z.string().min(1).max(255),
  name: Name,
  // What cannot be shown is left out; nobody is kept out for it.
  email: z.string().max(320).nullish().catch(null),
  picture: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullish()
    .catch(null),
  role: Role,
  exp: z.number(),
});

export interface Access {
  /**
   * Who an `Authorization` header stands for.
   * @throws ProblemError `unauthorized` or `token_expired`
   */
  identify(authorization: string | undefined): Promise<Caller>;
  /**
   * The question that an open stream asks again every few seconds: whether the same caller would still be let in.
   * A throw means that it cannot be told now.
   */
  authoriser(authorization: string | undefined, caller: Caller): () => Promise<boolean>;
  /** Claims of a customer's token by the workspace's host. */
  tokens: TokenVerifier;
}

export function createAccess(db: Db, config: Pick<Config, 'secret' | 'encryptionKeys'>): Access {
  const tokens = createTokenVerifier(config);
  const remembered = new Map<string, { caller: Caller; until: number }>();

  db.signals.subscribe((signal) => {
    if (signal.kind === 'reconnected') remembered.clear();
    if (signal.kind !== 'access') return;
    for (const [key, { caller }] of remembered) if (caller.workspaceId === signal.workspaceId) remembered.delete(key);
  });

  const operatorBy = async (token: string): Promise<{ caller: OperatorCaller; expires: number }> => {
    const slug = workspaceNamedIn(token);
    const workspace = slug === null ? null : await workspaceKeys(db.sql, slug);
    if (!workspace) throw unauthorized();
    return operatorOf(db, tokens, workspace, token);
  };

  const identify = async (authorization: string | undefined): Promise<Caller> => {
    const token = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw unauthorized();
    const key = hashToken(token).toString('base64');
    const now = Date.now();
    const known = remembered.get(key);
    if (known && known.until > now) return known.caller;
    remembered.delete(key);
    const { caller, expires } = token.startsWith('ck_')
      ? { caller: await hostBy(db, token), expires: Infinity }
      : token.startsWith('cv_')
        ? { caller: await visitorBy(db, token), expires: Infinity }
        : await operatorBy(token);
    if (remembered.size >= REMEMBER_MOST) remembered.delete(remembered.keys().next().value ?? '');
    remembered.set(key, { caller, until: Math.min(now + REMEMBER_MS, expires * 1_000) });
    return caller;
  };

  return {
    identify,
    tokens,
    authoriser: (authorization, caller) => async () => {
      try {
        const now = await identify(authorization);
        return now.kind === caller.kind && now.id === caller.id && now.workspaceId === caller.workspaceId;
      } catch (error) {
        if (error instanceof ProblemError && error.status === 401) return false;
        throw error;
      }
    },
  };
}

async function operatorOf(db: Db, tokens: TokenVerifier, workspace: WorkspaceKeys, token: string): Promise<{ caller: OperatorCaller; expires: number }> {
  const payload = await tokens.verify(token, workspace, 'operator');
  const read = OperatorClaims.safeParse(payload);
  if (!read.success) throw unauthorized(`The token’s claim ${String(read.error.issues[0]?.path[0])} is missing or wrong.`);
  const { sub, name, email, picture, role, exp } = read.data;
  if (exp - Date.now() / 1_000 > LONGEST_LIFE + CLOCK_TOLERANCE) throw unauthorized('The token’s claim exp is more than 24 hours ahead.');
  const operator = await refreshOperator(db, workspace.id, { subject: sub, name, email: email ?? null, picture: picture ?? null, role });
  if (!operator.active) throw unauthorized('This operator has been deactivated.');
  const caller: OperatorCaller = {
    kind: 'operator',
    workspaceId: workspace.id,
    id: operator.id,
    name,
    role,
    actor: { kind: 'operator', id: operator.id, name },
  };
  return { caller, expires: exp };
}

async function hostBy(db: Db, key: string): Promise<HostCaller> {
  const found = await useApiKey(db.sql, key);
  if (!found) throw unauthorized();
  const { id, workspaceId, name, scopes } = found;
  return { kind: 'host', workspaceId, id, name, scopes, actor: { kind: 'system', id: null, name } };
}

async function visitorBy(db: Db, token: string): Promise<VisitorCaller> {
  const session = await visitorSession(db.sql, token);
  if (!session) throw unauthorized();
  return { kind: 'visitor', ...session };
}

const forbidden = (detail: string): ProblemError => new ProblemError('forbidden', detail);

/**
 * Whether a caller may make this call.
 * @throws ProblemError `forbidden`
 */
export function authorise(caller: Caller, { audience, scope }: Pick<Endpoint, 'audience' | 'scope'>): void {
  if (audience === 'none') return;
  if (audience === 'visitor') {
    if (caller.kind !== 'visitor') throw forbidden('Only the visitor of a chat may do this.');
    return;
  }
  if (caller.kind === 'visitor') throw forbidden('Only operators may do this.');
  if (caller.kind === 'host') {
    if (!scope) throw forbidden('No API key may do this.');
    if (!caller.scopes.includes(scope)) throw forbidden(`This API key lacks the scope ${scope}.`);
    return;
  }
  if (audience === 'admin' && caller.role !== 'admin') throw forbidden('Only admins may do this.');
}
