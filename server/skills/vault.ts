/** Secrets of a skill: put into what goes out, taken out of whatever comes back. */

/** Names in a header's value that stand for secrets: `Bearer {{apiKey}}`. */
const PLACE = /\{\{\s*([A-Za-z][A-Za-z0-9_]{0,63})\s*\}\}/g;
/** What stands where a secret was. */
const MASK = '•••';
/** Deeper than this nothing is read. */
const DEPTH = 32;
const KEYS = 2_000;

/** Names of the secrets that a text asks for. */
export const secretsIn = (text: string): string[] => [...text.matchAll(PLACE)].map(([, name = '']) => name);

/** Headers with the secrets in their places. @throws Error where one is not there, without saying more than its name */
export function fillHeaders(headers: Readonly<Record<string, string>>, secrets: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      value.replace(PLACE, (_, secret: string) => {
        const known = secrets[secret];
        if (known === undefined) throw new Error(`The secret ${secret} is not set.`);
        return known;
      }),
    ]),
  );
}

/** The ways in which a secret may come back: as it is, in a URL, in base64. */
function spellings(secrets: Readonly<Record<string, string>>): string[] {
  const all = Object.values(secrets).flatMap((secret) => {
    const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
    return [secret, encodeURIComponent(secret), base64, base64.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [...new Set(all)].filter((one) => one.length >= 6).toSorted((one, other) => other.length - one.length);
}

/** Takes secrets out of a text, and what Postgres cannot hold. */
const cleaner = (secrets: Readonly<Record<string, string>>): ((text: string) => string) => {
  const known = spellings(secrets);
  return (text) =>
    known
      .reduce((masked, secret) => masked.replaceAll(secret, MASK), text)
      .replaceAll('\u0000', '\uFFFD')
      .toWellFormed();
};

/** A copy of any JSON value without secrets, also in keys; what is nested too deeply is left out. */
export function withoutSecrets<T>(value: T, secrets: Readonly<Record<string, string>>): T {
  const clean = cleaner(secrets);
  const copy = (part: unknown, depth: number): unknown => {
    if (typeof part === 'string') return clean(part);
    if (typeof part !== 'object' || part === null) return part;
    if (depth >= DEPTH) return '…';
    if (Array.isArray(part)) return part.map((one) => copy(one, depth + 1));
    return Object.fromEntries(
      Object.entries(part)
        .slice(0, KEYS)
        .map(([key, one]) => [clean(key), copy(one, depth + 1)]),
    );
  };
  return copy(value, 0) as T;
}
