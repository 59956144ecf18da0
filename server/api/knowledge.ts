import { knowledgeEndpoints as endpoints } from '../contract/knowledge.ts';
import { getSetting } from '../db/settings.ts';
import { gapView, listGaps, settleGap } from '../db/gaps.ts';
import type { Settled } from '../db/gaps.ts';
import type { Change } from '../db/change.ts';
import { importFile, importUrl } from '../pipeline/import-articles.ts';
import { decodeCursor, pageByTime, TimePlace } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { invalid, notFound } from './problem.ts';
import { mount } from './route.ts';
import { kinds } from './settings-kinds.ts';

/** Where articles come from: files and pages that a team has, and what nobody could answer. */
export function knowledgeRoutes(app: App, deps: ApiDeps): void {
  mount(app, deps, endpoints.importArticles, async ({ body: { files, urls } }) => {
    const items = [];
    for (const { name, data } of files) items.push(await importFile(name, Buffer.from(data, 'base64')));
    for (const url of urls) items.push(await importUrl(url, deps.outside.fetchOutside));
    return { items };
  });

  mount(app, deps, endpoints.listGaps, async ({ sql, workspaceId, query: { status, limit, cursor } }) =>
    pageByTime(await listGaps(sql, workspaceId, { status, after: decodeCursor(TimePlace, cursor), limit: limit + 1 }), limit, ({ lastAt }) => lastAt),
  );

  const settle = async (unit: Change, id: string, settled: Settled) => {
    if (!(await settleGap(unit, id, settled))) throw notFound();
    return (await gapView(unit.sql, unit.workspaceId, id))!;
  };

  mount(app, deps, endpoints.dismissGap, ({ params: { id }, caller, change }) =>
    change((unit) => settle(unit, id, { status: 'dismissed', articleId: null, operatorId: caller.id })),
  );

  mount(app, deps, endpoints.reopenGap, ({ params: { id }, caller, change }) =>
    change((unit) => settle(unit, id, { status: 'open', articleId: null, operatorId: caller.id })),
  );

  mount(app, deps, endpoints.settleGap, ({ params: { id }, caller, workspaceId, body: { articleId }, change }) =>
    change(async (unit) => {
      if (!(await gapView(unit.sql, workspaceId, id))) throw notFound();
      const article = await getSetting(unit.sql, { kind: 'article', ...kinds.article }, { workspaceId, operatorId: caller.id }, articleId);
      if (!article) throw invalid('articleId', 'names no article of this workspace');
      return settle(unit, id, { status: 'answered', articleId, operatorId: caller.id });
    }),
  );
}
