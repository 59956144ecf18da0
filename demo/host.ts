/** What the back end of a host page does for its own people and customers: it signs short-lived tokens for them. */
import { SignJWT } from 'jose';
import { rivalSecret } from './seed/accounts.ts';
import { contacts } from './seed/contacts.ts';
import { operators } from './seed/settings.ts';

export const people = {
  ...Object.fromEntries(Object.entries(operators).map(([sub, person]) => [sub, { ...person, workspace: 'demo' }])),
  rita: { name: 'Rita Sandoval', email: 'rita@terntea.example', role: 'admin', workspace: 'rival' },
} as Record<'ana' | 'ben' | 'chloe' | 'rita', { name: string; email: string; role: 'admin' | 'operator'; workspace: 'demo' | 'rival' }>;

/** Customers who have an account in the shop, by its id. */
export const customers: ReadonlyMap<string, { name: string; email: string | null }> = new Map(
  Object.values(contacts).flatMap(({ name, handles }) =>
    'chat' in handles ? [[handles.chat, { name, email: 'email' in handles ? handles.email : null }] as const] : [],
  ),
);

/** An operator's token, for an hour. @param secret of the deployment */
export function operatorToken(secret: string, sub: keyof typeof people): Promise<string> {
  const { name, email, role, workspace } = people[sub];
  return sign(workspace === 'rival' ? rivalSecret(secret) : secret, sub, 'operator', { name, email, role, workspace });
}

/** Says to `demo` who a customer of the shop is, for an hour; one that the shop does not know yet goes by its name. */
export function visitorToken(secret: string, sub: string, name?: string): Promise<string> {
  const known = customers.get(sub) ?? { name: name ?? sub, email: null };
  return sign(secret, sub, 'visitor', { name: name ?? known.name, workspace: 'demo', ...(known.email ? { email: known.email } : {}) });
}

function sign(secret: string, sub: string, audience: 'operator' | 'visitor', claims: Record<string, unknown>): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
}
