import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Contact } from '../contract/contact.ts';
import { endpoints } from '../contract/endpoints.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { contactViews, listContacts } from '../db/contact-view.ts';
import { audit } from '../db/audit.ts';
import { contactHistory } from '../db/contact-history.ts';
import { holdContact, resolveContact, updateContact } from '../db/contacts.ts';
import { beginErasing, finishErasing } from '../db/erase.ts';
import { exportContact } from '../db/export.ts';
import { pauseContact, resumeContact } from '../db/silence.ts';
import { sweepFiles } from '../files/sweep.ts';
import { decodeCursor, encodeCursor, pageByTime, TimePlace } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound, staleVersion } from './problem.ts';
import { mount } from './route.ts';

const Place = z.object({ name: z.string(), id: z.uuid() });

export function contactRoutes(app: App, deps: ApiDeps): void {
  const view = async (sql: Sql | Transaction, workspaceId: string, id: string): Promise<Contact> => {
    const contact = (await contactViews(sql, workspaceId, [id])).get(id);
    if (!contact) throw notFound();
    return contact;
  };

  mount(app, deps, endpoints.listContacts, async ({ sql, workspaceId, query: { q, limit, cursor } }) => {
    const rows = await listContacts(sql, workspaceId, { q: q || undefined, after: decodeCursor(Place, cursor), limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? encodeCursor({ name: last.name, id: last.id }) : null };
  });

  /** The id of one that became another leads to that. */
  const whose = async (sql: Sql | Transaction, workspaceId: string, id: string): Promise<string> => {
    const there = await resolveContact(sql, workspaceId, id);
    if (!there) throw notFound();
    return there;
  };

  mount(app, deps, endpoints.getContact, async ({ sql, workspaceId, params }) => view(sql, workspaceId, await whose(sql, workspaceId, params.id)));

  mount(app, deps, endpoints.contactHistory, async ({ sql, workspaceId, params, query: { cursor, limit } }) => {
    const id = await whose(sql, workspaceId, params.id);
    return pageByTime(await contactHistory(sql, workspaceId, id, { before: decodeCursor(TimePlace, cursor), limit: limit + 1 }), limit, (one) => one.at);
  });

  mount(app, deps, endpoints.patchContact, async ({ sql, workspaceId, caller, params, body, ifMatch, change }) => {
    const { id, outcome } = await change(async (unit) => {
      const there = await holdContact(unit, params.id, 'no key update');
      if (!there) throw notFound();
      return { id: there, outcome: await updateContact(unit, there, caller.actor, body, ifMatch) };
    });
    const current = await view(sql, workspaceId, id);
    if (outcome === 'stale') throw staleVersion(current);
    return current;
  });

  mount(app, deps, endpoints.exportContact, async ({ sql, workspaceId, caller, params, change }) => {
    const id = await whose(sql, workspaceId, params.id);
    await change((unit) =>
      audit(unit, {
        kind: 'contact',
        subjectId: id,
        name: '',
        action: 'exported',
        before: null,
        after: {},
        operatorId: caller.kind === 'operator' ? caller.id : null,
      }),
    );
    const parts = exportContact(deps.db.sql, workspaceId, id, (file) => deps.files.links.show(file).url);
    return new Response(Readable.toWeb(Readable.from(parts, { objectMode: false })) as BodyInit, {
      headers: { 'content-type': 'application/json; charset=utf-8', 'content-disposition': `attachment; filename="contact-${id}.json"` },
    });
  });

  mount(app, deps, endpoints.eraseContact, async ({ workspaceId, caller, params, body, change }) => {
    const id = await change((unit) => beginErasing(unit, params.id, caller.actor, body.reason));
    if (!id) throw notFound();
    await finishErasing(deps.db, workspaceId, id);
    await sweepFiles(deps.db.sql, deps.files.store);
  });

  const silencing = [
    [endpoints.pauseAi, pauseContact],
    [endpoints.resumeAi, resumeContact],
  ] as const;
  for (const [endpoint, act] of silencing) {
    mount(app, deps, endpoint, async ({ sql, workspaceId, caller, params, body, change }) => {
      const id = await change((unit) => act(unit, params.id, caller.actor, body.reason ?? null));
      if (!id) throw notFound();
      return view(sql, workspaceId, id);
    });
  }
}
