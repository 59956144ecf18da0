import { Hono } from 'hono';
import { createAccess } from './api/auth.ts';
import { agentRoutes } from './api/agents.ts';
import { channelTestRoutes } from './api/channel-test.ts';
import { checkRoutes } from './api/checks.ts';
import { chatRoutes } from './api/chat.ts';
import { classifierRoutes } from './api/classifier.ts';
import { contactRoutes } from './api/contacts.ts';
import { composingRoutes } from './api/composing.ts';
import { bulkRoutes } from './api/bulk.ts';
import { conversationRoutes } from './api/conversations.ts';
import type { ApiDeps, App, AppDeps } from './api/deps.ts';
import { draftRoutes, transferRoutes } from './api/drafts.ts';
import { fileRoutes } from './api/files.ts';
import { frame, handleErrors } from './api/frame.ts';
import { pathBelow } from './api/place.ts';
import { mailBodyRoutes } from './api/mail-body.ts';
import { meRoutes } from './api/me.ts';
import { mergeRoutes } from './api/merges.ts';
import { messageRoutes } from './api/messages.ts';
import { notificationRoutes } from './api/notifications.ts';
import { openapiRoutes } from './api/openapi.ts';
import { operationRoutes } from './api/operations.ts';
import { operatorRoutes } from './api/operators.ts';
import { playbookRoutes } from './api/playbooks.ts';
import { presenceRoutes } from './api/presence.ts';
import { modelUseRoutes } from './api/model-use.ts';
import { reportRoutes } from './api/reports.ts';
import { searchRoutes } from './api/search.ts';
import { knowledgeRoutes } from './api/knowledge.ts';
import { macroRoutes } from './api/macros.ts';
import { routingRoutes } from './api/routing.ts';
import { historyRoutes } from './api/history.ts';
import { settingRoutes } from './api/settings.ts';
import { skillRoutes } from './api/skills.ts';
import { streamRoutes } from './api/streams.ts';
import { ticketRoutes } from './api/tickets.ts';
import { triggerRoutes } from './api/triggers.ts';
import { translateRoutes } from './api/translate.ts';
import { visitorRoutes } from './api/visitors.ts';
import { webhookRoutes } from './api/webhooks.ts';
import { widgetRoutes } from './api/widgets.ts';
import { workspaceRoutes } from './api/workspace.ts';
import { createHub } from './events/hub.ts';
import { createRender } from './events/render.ts';
import { createFiles } from './files/files.ts';

export type { App, AppDeps } from './api/deps.ts';

/** The whole HTTP side, to be served by `main.ts` or mounted inside a host's own server. */
export function createApp(given: AppDeps): App {
  const app: App = new Hono({ getPath: pathBelow(given.publicUrl) });
  const deps = withOwn(given);
  handleErrors(app, deps);
  // Streams write to the raw response: their routes stand before any middleware, which would touch it afterwards.
  const hub = createHub({
    db: deps.db,
    render: createRender(deps.db.sql, deps.files.links),
    onError: (error) => deps.log.warn({ err: error }, 'live updates'),
  });
  deps.metrics.watchStreams(() => hub.stats());
  deps.stopping.addEventListener('abort', () => hub.close(), { once: true });
  streamRoutes(app, deps, hub);

  app.use(frame(app, deps));
  const routes = [
    operationRoutes,
    openapiRoutes,
    visitorRoutes,
    meRoutes,
    notificationRoutes,
    workspaceRoutes,
    operatorRoutes,
    presenceRoutes,
    composingRoutes,
    contactRoutes,
    settingRoutes,
    historyRoutes,
    agentRoutes,
    macroRoutes,
    knowledgeRoutes,
    routingRoutes,
    triggerRoutes,
    channelTestRoutes,
    skillRoutes,
    classifierRoutes,
    playbookRoutes,
    checkRoutes,
    conversationRoutes,
    bulkRoutes,
    searchRoutes,
    messageRoutes,
    translateRoutes,
    mergeRoutes,
    draftRoutes,
    transferRoutes,
    ticketRoutes,
    reportRoutes,
    modelUseRoutes,
    chatRoutes,
    fileRoutes,
    mailBodyRoutes,
    webhookRoutes,
    widgetRoutes,
  ];
  for (const add of routes) add(app, deps);
  return app;
}

/** What a process answers that only works: whether it lives, and how it is doing. */
export function createWorkerApp(given: AppDeps): App {
  const app: App = new Hono({ getPath: pathBelow(given.publicUrl) });
  const deps = withOwn(given);
  handleErrors(app, deps);
  app.use(frame(app, deps));
  operationRoutes(app, deps);
  return app;
}

const withOwn = (given: AppDeps): ApiDeps => ({ ...given, access: createAccess(given.db, given.config), files: createFiles(given.config, given.publicUrl) });
