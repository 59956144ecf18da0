import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SentMessageInfo } from 'nodemailer/lib/smtp-connection';
import type { SendResult } from '../channel.ts';

/** Where mail is handed in. */
export interface SmtpServer {
  /** As it was typed, and as its certificate names it. */
  host: string;
  /** Where it is: what `host` resolved to. */
  address: string;
  port: number;
  /** `tls` from the first byte, `starttls` required, or `none`, which is allowed on this machine only. */
  security: 'tls' | 'starttls' | 'none';
  user?: string;
  pass?: string;
}

interface SmtpFault extends Error {
  /** Of those of several recipients that were refused. */
  rejectedErrors?: SmtpFault[];
  recipient?: string;
  code?: string;
  originalCode?: string;
  response?: string;
  responseCode?: number;
}

const PIECE_BYTES = 65_536;

/** Whether a host is this machine, the only one to which mail may go without encryption. */
export const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** The name for which a server's certificate has to be valid, where it was not typed as an address. */
export const serverName = (host: string): { servername?: string } => (isIP(host) ? {} : { servername: host });

/** What is said where mail would go without encryption to another machine. */
export const UNENCRYPTED = 'Mail without encryption is sent only to a server on this machine.';

/** A connection to a server, not made yet. @param silenceMs how long the server may say nothing before it counts as gone */
export const smtpConnection = ({ host, address, port, security }: SmtpServer, silenceMs: number): SMTPConnection =>
  new SMTPConnection({
    host: address,
    ...serverName(host),
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: silenceMs,
    logger: false,
  });

/** Milliseconds before a server is asked again whose certificate or login somebody has to set right. */
const SETUP_MS = 30_000;

const isCertificate = (code: string): boolean => /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/.test(code);

/**
 * What it means that there was no session in which mail could be handed in: it is not about this mail, so the account's
 * others wait too. A login that is refused and a certificate that is not valid are asked less often, lest the server lock
 * the account out.
 */
export function noSession(error: unknown): SendResult {
  const { code = '', originalCode = code, response, message = 'nothing was said' } = error as Partial<SmtpFault>;
  const words = response === undefined ? `The mail server could not be used: ${message}` : `The mail server answered: ${response}`;
  const setup = code === 'EAUTH' || isCertificate(originalCode);
  return { ok: false, kind: 'retry', error: words, wholeAccount: true, ...(setup && { retryAfterMs: SETUP_MS }) };
}

/**
 * What a fault within a session means. A reply of 4xx is a refusal for now, of 5xx a refusal for good, at whatever stage. Without a
 * reply the mail surely did not go out as long as its last byte was not handed over; after that it is a doubt.
 */
function judge(fault: SmtpFault, handedOver: boolean): SendResult {
  const words = fault.response ?? fault.message;
  if (fault.responseCode !== undefined && fault.responseCode >= 400) {
    // 421: the server is closing, whoever the mail is for (RFC 5321 3.8).
    return {
      ok: false,
      kind: fault.responseCode >= 500 ? 'failed' : 'retry',
      error: `The mail server answered: ${words}`,
      ...(fault.responseCode === 421 && { wholeAccount: true }),
    };
  }
  if (handedOver) return { ok: false, kind: 'unknown', error: `The mail server did not confirm the mail: ${words}` };
  return { ok: false, kind: fault.code === 'EENVELOPE' ? 'failed' : 'retry', error: `The mail server could not be used: ${words}` };
}

/** In pieces, which are read as fast as the server takes them: what is not read yet has not been handed over. */
function* piecesOf(raw: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < raw.length; at += PIECE_BYTES) yield Buffer.from(raw.buffer, raw.byteOffset + at, Math.min(PIECE_BYTES, raw.length - at));
}

/** Where one mail goes: to its recipient, and then to those who get a copy. */
interface Envelope {
  from: string;
  to: string;
  copies: string[];
}

/** Who did not get a copy, and why, in words; nothing where all did. */
function refusedCopies(copies: string[], fault: SmtpFault | null, info: SentMessageInfo | undefined): string | undefined {
  if (fault && !fault.rejectedErrors) return `No copy went to ${copies.join(', ')}: ${fault.response ?? fault.message}`;
  const errors = fault?.rejectedErrors ?? info?.rejectedErrors ?? [];
  if (errors.length === 0) return undefined;
  return `No copy went to ${errors.map(({ recipient = 'one of them', response, message }) => `${recipient}: ${response ?? message}`).join('; ')}`;
}

/**
 * Hands one mail to an SMTP server, in one session of its own: to the recipient, and only once that has it, to the copies,
 * so that a mail that has to be tried again reaches none of them twice. `externalId` is what a success answers with.
 * Aborting ends the session; the outcome then depends on whether the whole mail was already handed over.
 */
export function handIn(server: SmtpServer, envelope: Envelope, raw: Uint8Array, externalId: string, signal: AbortSignal): Promise<SendResult> {
  const { host, security, user, pass } = server;
  if (security === 'none' && !isLoopback(host)) {
    return Promise.resolve({ ok: false, kind: 'failed', error: UNENCRYPTED });
  }
  return new Promise((resolve) => {
    const connection = smtpConnection(server, 20_000);
    let handedOver = false;
    let settled = false;
    // The first outcome counts: closing the connection announces its end, which is then nothing new.
    const settle = (result: SendResult) => {
      if (settled) return;
      settled = true;
      signal.removeEventListener('abort', stop);
      resolve(result);
      if (result.ok) connection.quit();
      else connection.close();
    };
    let arrived = false;
    let inSession = false;
    const fail = (fault: Error) => {
      if (arrived) return settle({ ok: true, externalId, warning: `It is not known whether the copies went out: ${fault.message}` });
      return settle(inSession ? judge(fault, handedOver) : noSession(fault));
    };
    const stop = () => fail(new Error('it did not answer in time'));
    signal.addEventListener('abort', stop);
    connection.on('error', fail);
    connection.on('end', () => fail(new Error('it ended the connection')));
    const { from, to, copies } = envelope;
    const transmit = () => {
      inSession = true;
      const message = Readable.from(piecesOf(raw));
      message.once('end', () => {
        handedOver = true;
      });
      connection.send({ from, to: [to] }, message, (fault) => {
        if (fault) return fail(fault);
        arrived = true;
        return copies.length === 0 ? settle({ ok: true, externalId }) : copy();
      });
    };
    const copy = () =>
      connection.send({ from, to: copies }, Readable.from(piecesOf(raw)), (fault, info) => {
        const warning = refusedCopies(copies, fault, info);
        settle({ ok: true, externalId, ...(warning && { warning }) });
      });
    connection.connect((fault) => {
      if (fault) return fail(fault);
      if (user === undefined || pass === undefined) return transmit();
      return connection.login({ credentials: { user, pass } }, (refused) => (refused ? fail(refused) : transmit()));
    });
  });
}
