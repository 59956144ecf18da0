/** How an account is tried out: a provider is asked something harmless, with the account's own credentials. */
import type { Fetch, TestStep } from './channel.ts';
import { faultCode } from './http.ts';
import { asObject, asString } from './json.ts';
import { privateAddressCode } from './outside.ts';

/** How much of an answer is read for its reason, in characters. */
const REASON_CHARS = 20_000;

/** What it means that an exchange broke off, in words. */
export function faultWords(error: unknown): string {
  const code = faultCode(error);
  if (code === privateAddressCode) return 'The address is not on the public internet.';
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) return 'No answer came in time.';
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/.test(code)) return `The certificate is not valid (${code}).`;
  return code ? `It could not be reached (${code}).` : 'The connection broke off.';
}

/** The reason in a provider's answer: Twilio has it at the top, Meta under `error`, others as a text there. */
function reasonIn(text: string): string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return '';
  }
  const error = asObject(body)['error'];
  const at = typeof error === 'object' ? asObject(error) : asObject(body);
  return [asString(at['code']), asString(at['message']) ?? asString(error)].filter(Boolean).join(' ');
}

/**
 * One call, and what came of it. Redirects are not followed: credentials go where they were meant to and nowhere else.
 * @param request without a body it is a GET
 */
export async function probe(
  name: TestStep['name'],
  ask: { fetch: Fetch; signal: AbortSignal },
  request: { url: string; headers: Record<string, string>; body?: string },
): Promise<TestStep> {
  const { url, headers, body } = request;
  try {
    const response = await ask.fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: ask.signal,
    });
    const text = (await response.text()).slice(0, REASON_CHARS);
    if (response.ok) return { name, ok: true, detail: '' };
    const reason = reasonIn(text);
    return { name, ok: false, detail: reason ? `It answered ${response.status}: ${reason}` : `It answered ${response.status}.` };
  } catch (error) {
    return { name, ok: false, detail: faultWords(error) };
  }
}
