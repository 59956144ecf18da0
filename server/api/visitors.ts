/** A customer opens the chat, and leaves it. */
import { z } from 'zod';
import { endpoints } from '../contract/endpoints.ts';
import { change } from '../db/change.ts';
import { currentVisitorConversation } from '../db/visitor-view.ts';
import { chatEntrance, endVisitorSession, openVisitorSession } from '../db/visitors.ts';
import type { NewVisitor } from '../db/visitors.ts';
import { workspaceKeys } from '../db/workspaces.ts';
import type { WorkspaceKeys } from '../db/workspaces.ts';
import type { ApiDeps, App } from './deps.ts';
import { visitorFileBytes } from './files.ts';
import { limit } from './limits.ts';
import { invalid, ProblemError } from './problem.ts';
import { mount } from './route.ts';
import { unauthorized } from './tokens.ts';

/** What the host's token says of a customer. */
const VisitorClaims = z.object({
  sub: z.string().min(1).max(255),
  name: z.string().trim().min(1).max(200).nullish().catch(null),
  email: z.email().max(320).nullish().catch(null),
  workspace: z.string().optional(),
});

export function visitorRoutes(app: App, deps: ApiDeps): void {
  const { sql } = deps.db;

  mount(app, deps, endpoints.beginSession, async ({ body, address }) => {
    await limit(sql, `visitor-session:${address}`, deps.config.visitorSessionsPerMinute);
    const workspace = await workspaceKeys(sql, body.workspace);
    if (!workspace) throw new ProblemError('not_found', 'There is no such workspace.');
    const identified = body.identityToken === undefined ? null : await customerBy(deps, workspace, body.workspace, body.identityToken);
    const entrance = await chatEntrance(sql, workspace.id, body.channelAccountId ?? null);
    if (!entrance)
      throw body.channelAccountId
        ? invalid('channelAccountId', 'is no active chat account')
        : new ProblemError('not_found', 'This workspace has no active chat account.');
    const session = await change(deps.db, workspace.id, (unit) =>
      openVisitorSession(unit, { identified, language: body.language ?? null, accountId: entrance.accountId }),
    );
    return {
      token: session.token,
      contact: session.contact,
      conversation: await currentVisitorConversation(sql, workspace.id, session.identityId),
      workspace: { name: workspace.name },
      agent: entrance.agent,
      files: { maxBytes: visitorFileBytes(deps.config) },
    };
  });

  mount(app, deps, endpoints.endSession, ({ caller, change: write }) => write((unit) => endVisitorSession(unit, caller.id)));
}

async function customerBy(deps: ApiDeps, workspace: WorkspaceKeys, slug: string, token: string): Promise<NonNullable<NewVisitor['identified']>> {
  const read = VisitorClaims.safeParse(await deps.access.tokens.verify(token, workspace, 'visitor'));
  if (!read.success) throw unauthorized('The token’s claim sub is missing or wrong.');
  const { sub, name, email, workspace: named } = read.data;
  if (named !== undefined && named !== slug) throw unauthorized('The token’s claim workspace is another.');
  return { sub, name: name ?? null, email: email ?? null };
}
