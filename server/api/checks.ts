/** What those who run an inbox look at when conversations do not appear or agents do not answer. */
import { endpoints } from '../contract/endpoints.ts';
import { accountById } from '../db/accounts.ts';
import { standing } from '../db/checks.ts';
import { openOutage } from '../db/model-use.ts';
import { checks } from '../domain/checks.ts';
import { lacking } from './channel-test.ts';
import type { ApiDeps, App } from './deps.ts';
import { mount } from './route.ts';

export function checkRoutes(app: App, deps: ApiDeps): void {
  const { name, builtin } = deps.models;
  mount(app, deps, endpoints.listChecks, async ({ sql, workspaceId }) => {
    const { accounts, ...rest } = await standing(sql, workspaceId);
    const withMissing = await Promise.all(
      accounts.map(async (account) => {
        const opened = account.active ? await accountById(sql, deps.config.encryptionKeys, workspaceId, account.id).catch(() => 'sealed' as const) : null;
        return { ...account, missing: opened === 'sealed' ? ['credentials'] : opened ? lacking(opened) : [] };
      }),
    );
    const outage = builtin ? null : await openOutage(sql, workspaceId, name);
    return { at: new Date().toISOString(), items: checks({ ...rest, accounts: withMissing, publicUrl: deps.publicUrl, model: { name, builtin, outage } }) };
  });
}
