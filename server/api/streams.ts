import type { Hub } from '../events/hub.ts';
import { keepPresence } from '../events/present.ts';
import { openStream } from '../events/sse.ts';
import { authorise } from './auth.ts';
import { apiHeaders } from './cors.ts';
import type { ApiDeps, App } from './deps.ts';

/**
 * Live updates. These routes stand before every middleware: a stream is written to the raw response, with its headers,
 * and nothing may touch it afterwards. They authorise by themselves, and again while the stream is open.
 */
export function streamRoutes(app: App, deps: ApiDeps, hub: Hub): void {
  const presence = keepPresence(deps.db, (error) => deps.log.warn({ err: error }, 'presence'));
  deps.stopping.addEventListener('abort', () => presence.close(), { once: true });
  const audiences = { '/v1/events': 'operator', '/v1/chat/events': 'visitor' } as const;
  for (const [path, audience] of Object.entries(audiences)) {
    app.get(path, async (c) => {
      c.set('route', path);
      const authorization = c.req.header('authorization');
      const caller = await deps.access.identify(authorization);
      authorise(caller, { audience });
      const answer = await openStream(c, hub, {
        workspaceId: caller.workspaceId,
        audience,
        addresseeId: caller.kind === 'visitor' ? caller.identityId : caller.id,
        headers: apiHeaders(c, deps),
        authorise: deps.access.authoriser(authorization, caller),
      });
      if (caller.kind === 'operator' && c.req.method === 'GET') presence.hold({ workspaceId: caller.workspaceId, operatorId: caller.id }, c.env.outgoing);
      return answer;
    });
  }
}
