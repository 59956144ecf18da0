/** Errors as RFC 9457 tells them: one closed list of codes, one mapping to a status, one place that writes the answer. */
import { CODES } from '../contract/common.ts';
import type { Code, Problem } from '../contract/common.ts';
import { errorCode } from '../process.ts';

/** A short name of each code, the same every time. */
const TITLES: Record<Code, string> = {
  malformed: 'The request cannot be read',
  unauthorized: 'Not signed in',
  token_expired: 'The token has expired',
  bad_signature: 'Wrong signature',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  agent_in_control: 'An agent is in control',
  agent_may_not_reply: 'The agent may not reply here',
  newer_message: 'A newer message has arrived',
  stale_version: 'It has changed meanwhile',
  draft_settled: 'The draft is settled already',
  draft_superseded: 'The draft was superseded',
  skill_failed: 'What the draft would do came to nothing',
  draft_has_actions: 'The draft is approved on its own',
  contact_paused: 'AI is paused for this contact',
  assignee_must_transfer: 'The assignee must transfer first',
  transfer_settled: 'The transfer is settled already',
  transfer_pending: 'A transfer is pending already',
  already_merged: 'Merged already',
  already_undone: 'Undone already',
  name_taken: 'The name is taken',
  in_use: 'It is in use',
  too_large: 'The request is too large',
  wrong_type: 'Wrong content type',
  invalid: 'The request is not valid',
  agent_inactive: 'The agent is not active',
  reply_mode_off: 'The agent’s reply mode is off',
  no_agent: 'There is no agent',
  key_reused: 'The idempotency key was used for another request',
  channel_cannot_send: 'Nothing can be sent on this channel',
  not_delivered_by_person: 'Only a message that failed can be sent again',
  version_required: 'A version is required',
  rate_limited: 'Too many requests',
  internal: 'Something went wrong on the server',
  unavailable: 'The server cannot answer now',
  daily_limit: 'The tokens of the day are used',
  translation_unavailable: 'No translation is available',
};

interface ProblemMore {
  /** Which parts of the request are wrong, for `invalid`. */
  errors?: Problem['errors'];
  /** Of a conflict: how it is now. */
  current?: unknown;
  headers?: Record<string, string>;
  /** What went wrong beneath; for the log, never shown. */
  cause?: unknown;
}

/** A refusal that the caller is told. Thrown anywhere beneath a route; everything its transaction wrote is undone. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: Code;
  readonly errors: Problem['errors'];
  readonly current: unknown;
  readonly headers: Record<string, string>;

  constructor(code: Code, detail = TITLES[code], more: ProblemMore = {}) {
    super(detail, { cause: more.cause });
    this.code = code;
    this.errors = more.errors;
    this.current = more.current;
    this.headers = more.headers ?? {};
  }

  get status(): (typeof CODES)[Code] {
    return CODES[this.code];
  }

  toJSON(): Problem {
    return {
      type: `urn:convene:problem:${this.code}`,
      title: TITLES[this.code],
      status: this.status,
      detail: this.message,
      code: this.code,
      ...(this.errors ? { errors: this.errors } : {}),
      ...(this.current === undefined ? {} : { current: this.current }),
    };
  }
}

/** What is not there, or in another workspace: the two are told alike. */
export const notFound = (): ProblemError => new ProblemError('not_found', 'There is nothing here under this address.');

/** A field that is well-formed but wrong. */
export const invalid = (path: string, message: string): ProblemError => new ProblemError('invalid', `${path} ${message}`, { errors: [{ path, message }] });

/**
 * What the caller is told of anything thrown. Faults of ours say nothing about themselves; only what Postgres makes of
 * the caller's own values, and of its own state, has a code.
 */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof Error && error.name === 'HubClosed') return unavailable(error);
  const code = errorCode(error) ?? '';
  // Class 22: a value that no column takes, such as a number beyond its range.
  if (/^22[0-9A-Z]{3}$/.test(code)) return new ProblemError('invalid', 'A value is out of its range.', { cause: error });
  // It refers to something that was removed while it was on its way.
  if (code === '23503') return new ProblemError('invalid', 'Something that this refers to is not there any more.', { cause: error });
  // Deadlock, serialisation, resources, shutdown, a statement that took too long; or no connection at all.
  if (/^(40001|40P01|53...|57...|08...)$/.test(code) || /^(CONNECT|CONNECTION_|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(code)) return unavailable(error);
  return new ProblemError('internal', 'The server failed to answer; the fault has been logged.', { cause: error });
}

const unavailable = (cause: unknown): ProblemError =>
  new ProblemError('unavailable', 'The server cannot answer now. Try again in a moment.', { cause, headers: { 'Retry-After': '1' } });

/** What a write that is based on an old version is told. */
export const staleVersion = (current: unknown): ProblemError =>
  new ProblemError('stale_version', 'It has changed since the version that this is based on.', { current });
