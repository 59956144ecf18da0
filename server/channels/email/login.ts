/** Logging in to a mail account's servers and out again, to see whether its settings are right. */
import { ImapFlow } from 'imapflow';
import type { TestStep } from '../channel.ts';
import { faultCode } from '../http.ts';
import { privateAddressCode } from '../outside.ts';
import { faultWords } from '../probe.ts';
import type { ImapServer } from './imap.ts';
import { isLoopback, serverName, smtpConnection, UNENCRYPTED } from './smtp.ts';
import type { SmtpServer } from './smtp.ts';

/** What a mail server answered, on one line; else what happened to the connection. */
function words(error: unknown): string {
  const { response, responseText, originalCode } = error as { response?: unknown; responseText?: unknown; originalCode?: string };
  const said = [responseText, response].find((one): one is string => typeof one === 'string' && one !== '');
  if (said) return `It answered: ${said}`;
  return faultWords(originalCode ? Object.assign(new Error('the connection failed'), { code: originalCode }) : error);
}

/** Why a host may not be connected to, in words, and whether that is for being inside. */
export function hostFault(error: unknown): { words: string; isInside: boolean } {
  const code = faultCode(error);
  if (code === privateAddressCode) return { words: 'The mail server is not on the public internet, and PRIVATE_HOSTS does not name it.', isInside: true };
  return { words: `The mail server’s name has no address${code && ` (${code})`}.`, isInside: false };
}

/** Connects as sending does, and logs in where there is a user. */
export function loginSmtp(server: SmtpServer, signal: AbortSignal): Promise<TestStep> {
  const { host, security, user, pass } = server;
  if (security === 'none' && !isLoopback(host)) {
    return Promise.resolve({ name: 'smtp', ok: false, detail: UNENCRYPTED });
  }
  return new Promise((resolve) => {
    const connection = smtpConnection(server, 10_000);
    const settle = (error?: unknown): void => {
      signal.removeEventListener('abort', stop);
      connection.removeListener('error', settle);
      connection.on('error', () => {});
      connection.close();
      resolve(error === undefined ? { name: 'smtp', ok: true, detail: '' } : { name: 'smtp', ok: false, detail: words(error) });
    };
    const stop = (): void => settle(signal.reason);
    signal.addEventListener('abort', stop);
    connection.on('error', settle);
    connection.connect((fault) => {
      if (fault) return settle(fault);
      if (user === undefined || pass === undefined) return settle();
      return connection.login({ credentials: { user, pass } }, (refused) => settle(refused ?? undefined));
    });
  });
}

/** Logs in to the mailbox and out again; no folder is opened. */
export async function loginImap({ host, address, port, secure, user, password }: ImapServer, signal: AbortSignal): Promise<TestStep> {
  const client = new ImapFlow({
    host: address,
    ...serverName(host),
    port,
    secure,
    auth: { user, pass: password },
    verifyOnly: true,
    logger: false,
    ...(secure ? {} : { doSTARTTLS: !isLoopback(host) }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
  });
  client.on('error', () => {});
  const stop = (): void => client.close();
  signal.addEventListener('abort', stop);
  try {
    await client.connect();
    return { name: 'imap', ok: true, detail: '' };
  } catch (error) {
    return { name: 'imap', ok: false, detail: words(signal.aborted ? signal.reason : error) };
  } finally {
    signal.removeEventListener('abort', stop);
    client.close();
  }
}
