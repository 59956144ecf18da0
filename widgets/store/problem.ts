import type { Code, Problem } from '../../server/contract/common.ts';

/** A code of the contract, or why no answer came at all. */
export type ProblemCode = Code | 'unreachable' | 'timeout' | 'aborted';

/** What the API refused or could not do: the body of its `application/problem+json`, or the lack of any answer (status 0). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly code: ProblemCode,
    readonly status: number,
    readonly detail: string,
    readonly errors: readonly { path: string; message: string }[] = [],
    /** With 409: the state as it is now. */
    readonly current?: unknown,
  ) {
    super(detail || code);
  }

  /** True when nothing is known of the outcome: the same request, with its key, may be sent again. */
  get unanswered(): boolean {
    return this.code === 'unreachable' || this.code === 'timeout';
  }

  /** True when the same request may be answered in a moment: nothing is wrong with it. */
  get passes(): boolean {
    return this.unanswered || this.status === 429 || this.status >= 500;
  }
}

/** Reads the problem of an answer that is not ok. An answer without one (a proxy's page) is told by its status. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return new ApiProblem(body.code, response.status, body.detail, body.errors, body.current);
  return new ApiProblem(byStatus(response.status), response.status, response.statusText);
}

/** What a thrown value means as a problem. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown;
  const name = thrown instanceof Error ? thrown.name : '';
  if (name === 'TimeoutError') return new ApiProblem('timeout', 0, 'No answer came in time');
  if (name === 'AbortError') return new ApiProblem('aborted', 0, 'Given up');
  return new ApiProblem('unreachable', 0, thrown instanceof Error ? thrown.message : 'No answer');
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';
}

function byStatus(status: number): Code {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 413) return 'too_large';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'unavailable' : 'malformed';
}
