import { z } from 'zod';
import type { Hono } from 'hono';
import type { BlankEnv } from 'hono/types';
import { agentEndpoints } from './agent.ts';
import { page } from './common.ts';
import * as chat from './chat.ts';
import { checkEndpoints } from './checks.ts';
import { classifierEndpoints } from './classifier.ts';
import { Contact, contactEndpoints, ContactsQuery, PatchContact, PauseAi } from './contact.ts';
import { composingEndpoints } from './composing.ts';
import { Notification } from './events.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoint } from './endpoint.ts';
import { conversationEndpoints } from './endpoints-conversation.ts';
import { searchEndpoints } from './search.ts';
import { skillEndpoints } from './skill.ts';
import { settingsEndpoints } from './endpoints-settings.ts';
import { knowledgeEndpoints } from './knowledge.ts';
import { historyEndpoints } from './history.ts';
import { macroEndpoints } from './macro.ts';
import { mergeEndpoints } from './merge.ts';
import { VisitorMessage } from './message.ts';
import { playbookEndpoints } from './playbook.ts';
import { presenceEndpoints } from './presence.ts';
import { modelUseEndpoints } from './model-use.ts';
import { Me, MeInput } from './operator.ts';
import { reportEndpoints } from './report.ts';
import { routingEndpoints } from './routing.ts';
import { Workspace, WorkspaceInput } from './settings.ts';
import { triggerEndpoints } from './trigger.ts';
import { ticketEndpoints } from './ticket.ts';
import { translateEndpoints } from './translate.ts';

const otherEndpoints = {
  ...agentEndpoints,
  ...presenceEndpoints,
  ...checkEndpoints,
  ...classifierEndpoints,
  ...reportEndpoints,
  ...modelUseEndpoints,
  ...knowledgeEndpoints,
  ...historyEndpoints,
  ...macroEndpoints,
  ...mergeEndpoints,
  ...composingEndpoints,
  ...routingEndpoints,
  ...triggerEndpoints,
  ...playbookEndpoints,
  ...searchEndpoints,
  ...skillEndpoints,
  ...translateEndpoints,
  ...contactEndpoints,
  listContacts: endpoint({
    method: 'get',
    path: '/v1/contacts',
    audience: 'operator',
    scope: 'contacts:read',
    summary: 'Contacts by name',
    query: ContactsQuery,
    status: 200,
    response: page(Contact),
  }),
  getContact: endpoint({
    method: 'get',
    path: '/v1/contacts/:id',
    audience: 'operator',
    scope: 'contacts:read',
    summary: 'One contact',
    status: 200,
    response: Contact,
  }),
  patchContact: endpoint({
    method: 'patch',
    path: '/v1/contacts/:id',
    audience: 'operator',
    scope: 'contacts:write',
    summary: 'Change what is known of a contact',
    body: PatchContact,
    status: 200,
    response: Contact,
    ifMatch: 'optional',
  }),
  pauseAi: endpoint({
    method: 'post',
    path: '/v1/contacts/:id/pause-ai',
    audience: 'operator',
    summary: 'No agent answers this contact, in any conversation',
    body: PauseAi,
    status: 200,
    response: Contact,
    idempotent: true,
  }),
  resumeAi: endpoint({
    method: 'post',
    path: '/v1/contacts/:id/resume-ai',
    audience: 'operator',
    summary: 'Agents may answer this contact again',
    body: PauseAi,
    status: 200,
    response: Contact,
    idempotent: true,
  }),

  me: endpoint({ method: 'get', path: '/v1/me', audience: 'operator', summary: 'The caller, its settings and workspace', status: 200, response: Me }),
  patchMe: endpoint({
    method: 'patch',
    path: '/v1/me',
    audience: 'operator',
    summary: 'Change one’s own settings',
    body: MeInput.partial(),
    status: 200,
    response: Me,
  }),
  listNotifications: endpoint({
    method: 'get',
    path: '/v1/notifications',
    audience: 'operator',
    summary: 'What somebody wants from the caller, newest first',
    query: ContactsQuery.pick({ limit: true, cursor: true }),
    status: 200,
    response: page(Notification).extend({ unread: z.number().int() }),
  }),
  readNotifications: endpoint({
    method: 'post',
    path: '/v1/notifications/read',
    audience: 'operator',
    summary: 'Mark notifications read',
    body: z.strictObject({ ids: z.array(z.uuid()).max(500).optional() }),
    status: 204,
  }),
  getWorkspace: endpoint({ method: 'get', path: '/v1/workspace', audience: 'operator', summary: 'The workspace', status: 200, response: Workspace }),
  patchWorkspace: endpoint({
    method: 'patch',
    path: '/v1/workspace',
    audience: 'admin',
    summary: 'Change the workspace',
    body: WorkspaceInput.partial(),
    status: 200,
    response: Workspace,
    ifMatch: 'optional',
  }),

  beginSession: endpoint({
    method: 'post',
    path: '/v1/chat/sessions',
    audience: 'none',
    summary: 'A visitor opens the chat',
    body: chat.BeginSession,
    status: 201,
    response: chat.VisitorSession,
    errors: ['rate_limited', 'unauthorized', 'token_expired', 'not_found'],
  }),
  endSession: endpoint({ method: 'delete', path: '/v1/chat/sessions', audience: 'visitor', summary: 'The visitor ends its session', status: 204 }),
  listVisitorMessages: endpoint({
    method: 'get',
    path: '/v1/chat/messages',
    audience: 'visitor',
    summary: 'What the visitor wrote and was sent, oldest first',
    query: chat.VisitorMessagesQuery,
    status: 200,
    response: chat.VisitorMessages,
  }),
  writeAsVisitor: endpoint({
    method: 'post',
    path: '/v1/chat/messages',
    audience: 'visitor',
    summary: 'The visitor writes',
    body: chat.VisitorWrites,
    status: 201,
    response: VisitorMessage,
    idempotent: true,
    errors: ['rate_limited'],
  }),
  visitorTyping: endpoint({
    method: 'post',
    path: '/v1/chat/typing',
    audience: 'visitor',
    summary: 'The visitor is typing',
    body: z.strictObject({ typing: z.boolean().default(true) }),
    status: 204,
  }),
  visitorReads: endpoint({
    method: 'post',
    path: '/v1/chat/read',
    audience: 'visitor',
    summary: 'The visitor has read up to here',
    body: chat.VisitorReads,
    status: 204,
  }),
  chooseRoute: endpoint({
    method: 'post',
    path: '/v1/chat/route',
    audience: 'visitor',
    summary: 'The visitor chooses how to be reached',
    body: chat.ChooseRoute,
    status: 200,
    response: chat.VisitorConversation,
    idempotent: true,
  }),
};

/** Every call of the API but the streams, files and webhooks, which speak no JSON. */
export const endpoints = { ...conversationEndpoints, ...ticketEndpoints, ...settingsEndpoints, ...otherEndpoints };
type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;

type Paths = Endpoints[EndpointName]['path'];
/** Names of the parameters in a path. */
export type Params<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Params<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;
type Input<E extends Endpoint> = ([Params<E['path']>] extends [never] ? unknown : { param: Record<Params<E['path']>, string> }) &
  (E extends { query: infer Q extends z.ZodType } ? { query: Partial<Record<keyof z.input<Q>, string>> } : unknown) &
  (E extends { body: infer B extends z.ZodType } ? { json: z.input<B> } : unknown) & { header?: { 'if-match'?: string; 'idempotency-key'?: string } };
type Output<E extends Endpoint> = E extends { response: infer R extends z.ZodType } ? z.output<R> : undefined;

/** The API as a type for `hono/client`: `hc<Api>(base)`. */
export type Api = Hono<
  BlankEnv,
  {
    [P in Paths]: {
      [E in Extract<Endpoints[EndpointName], { path: P }> as `$${E['method']}`]: {
        input: Input<E>;
        output: Output<E>;
        outputFormat: 'json';
        status: E['status'];
      };
    };
  },
  '/'
>;
