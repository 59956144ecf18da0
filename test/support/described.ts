/** Whether the API's own description names what the API answers: a refusal that nobody can read of is a fault of it. */
import { openapi } from '../../server/api/openapi.ts';

type Calls = Record<string, { responses: Record<string, { description: string }> }>;

let known: readonly (readonly [template: string, fits: RegExp, calls: Calls])[] | undefined;

function all(): NonNullable<typeof known> {
  known ??= Object.entries(openapi('http://convene.example')['paths'] as Record<string, Calls>).map(
    ([template, calls]) => [template, new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`), calls] as const,
  );
  return known;
}

/** @throws where a call that is described fails with a code that its description does not name */
export function expectDescribed(method: string, path: string, status: number, code: unknown): void {
  if (status < 400) return;
  const [where = ''] = path.split('?');
  const verb = method.toLowerCase();
  const found = all().find(([, fits, calls]) => calls[verb] && fits.test(where));
  if (!found) return;
  const [template, , calls] = found;
  const named = calls[verb]?.responses[String(status)]?.description ?? '';
  if (!named.split(/,\s*/).includes(String(code)))
    throw new Error(`${method} ${template} answers ${status} ${String(code)}, and its description does not say so`);
}
