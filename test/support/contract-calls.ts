/** What the written contract says of calls: which are refused with what, and which lists are read page by page. */
import type { Ask } from './demo-client.ts';

/**
 * What it is, its status and its code, the call, and how it is asked. `:chat`, `:contact` and `:sms` stand for ids, the token `visitor` for
 * a visitor's own.
 */
export const REFUSED: [string, number, string, string, string, Ask][] = [
  [
    'a body that is no JSON',
    400,
    'malformed',
    'POST',
    '/v1/contacts/:contact/pause-ai',
    { as: 'ana', raw: '{', headers: { 'content-type': 'application/json' } },
  ],
  ['a cursor of nobody', 400, 'malformed', 'GET', '/v1/conversations?cursor=zzz', { as: 'ana' }],
  ['a version without quotes', 400, 'malformed', 'POST', '/v1/conversations/:chat/assume', { as: 'ana', body: {}, headers: { 'if-match': '7' } }],
  ['no token', 401, 'unauthorized', 'GET', '/v1/conversations', {}],
  ['a bad token', 401, 'unauthorized', 'GET', '/v1/me', { as: { token: 'x.y.z' } }],
  ['a visitor in the inbox', 403, 'forbidden', 'GET', '/v1/conversations', { as: { token: 'visitor' } }],
  ['an operator in the chat', 403, 'forbidden', 'GET', '/v1/chat/messages', { as: 'ben' }],
  ['settings by one who is no admin', 403, 'forbidden', 'POST', '/v1/agents', { as: 'ben', body: { name: 'Mine' } }],
  ['an address of nothing', 404, 'not_found', 'GET', '/v1/nothing', { as: 'ana' }],
  ['an id of nothing', 404, 'not_found', 'GET', '/v1/conversations/01943aa0-0000-7000-8000-000000000000', { as: 'ana' }],
  ['an id that is none', 404, 'not_found', 'GET', '/v1/conversations/1', { as: 'ana' }],
  ['another workspace', 404, 'not_found', 'GET', '/v1/conversations/:chat', { as: 'rita' }],
  ['a text of two megabytes', 413, 'too_large', 'POST', '/v1/chat/messages', { as: { token: 'visitor' }, body: { text: 'x'.repeat(2_000_000) } }],
  ['a form', 415, 'wrong_type', 'POST', '/v1/conversations/:chat/notes', { as: 'ana', raw: new URLSearchParams({ text: 'x' }) }],
  ['a text of a megabyte', 422, 'invalid', 'POST', '/v1/chat/messages', { as: { token: 'visitor' }, body: { text: 'x'.repeat(1_000_000) } }],
  ['no text', 422, 'invalid', 'POST', '/v1/conversations/:chat/notes', { as: 'ana', body: { text: ' \n' } }],
  ['a field that nobody knows', 422, 'invalid', 'PATCH', '/v1/conversations/:chat', { as: 'ana', body: { workspaceId: 'x' } }],
  ['a tag that nobody made', 422, 'invalid', 'PATCH', '/v1/conversations/:chat', { as: 'ana', body: { tags: ['No such tag'] } }],
  ['a page too long', 422, 'invalid', 'GET', '/v1/conversations?limit=101', { as: 'ana' }],
  ['a signature that is none', 401, 'bad_signature', 'POST', '/v1/channels/:sms/inbound', { raw: 'Body=x' }],
];

/** The paths; `:chat` stands for the id of a conversation. */
export const LISTED = [
  '/v1/conversations?status=any',
  '/v1/conversations?status=any&sort=priority',
  '/v1/contacts',
  '/v1/agents',
  '/v1/guidance-cards',
  '/v1/playbooks',
  '/v1/skills',
  '/v1/articles',
  '/v1/triggers',
  '/v1/routes',
  '/v1/departments',
  '/v1/routing-rules',
  '/v1/intents',
  '/v1/tags',
  '/v1/quick-replies',
  '/v1/views',
  '/v1/channel-accounts',
  '/v1/operators',
  '/v1/api-keys',
  '/v1/drafts',
  '/v1/notifications',
  '/v1/conversations/:chat/timeline',
];
