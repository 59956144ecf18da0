import type { z } from 'zod';
import type { Code } from './common.ts';
import type { Scope } from './settings.ts';

/** Who may call: `none` needs no token, `visitor` a session of the chat, `operator` or `admin` a token of the host. */
type Audience = 'none' | 'visitor' | 'operator' | 'admin';

/**
 * One call of the API. Validation, authorisation, documentation and the client's types all come from it.
 * Path parameters (`:id`) are UUIDs, but `:version`, a number; anything else answers 404, as if absent.
 */
export interface Endpoint {
  method: 'get' | 'post' | 'patch' | 'delete';
  path: string;
  summary: string;
  audience: Audience;
  /** API keys with this scope may call it too. */
  scope?: z.infer<typeof Scope>;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Bytes that its body may have, where that is more than usual. */
  bodyMax?: number;
  status: 200 | 201 | 204;
  response?: z.ZodType;
  /** `If-Match: "<version>"`: taken where given, or asked for. */
  ifMatch?: 'optional' | 'required';
  /** Takes an `Idempotency-Key`: `own` where the handler sees to it itself, its work being more than one transaction; `sealed` where its answer holds a secret. */
  idempotent?: boolean | 'own' | 'sealed';
  errors?: readonly Code[];
}

/** Keeps the literal types of an endpoint, which the client is typed by. */
export const endpoint = <const E extends Endpoint>(definition: E): E => definition;

/** Changes a conversation: of one that was merged it is refused with the one that stands in its place. */
export const changesConversation = ({ method, path }: Pick<Endpoint, 'method' | 'path'>): boolean =>
  method !== 'get' && path.startsWith('/v1/conversations/:id');
