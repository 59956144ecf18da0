/** What the written contract says of the shapes of answers, field by field, apart from the schemas that the server is made of. */
import { expect } from 'vitest';
import type { Answer } from './demo-client.ts';

export const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** `name?` may be absent or null; `name|null` may be null; the rest is there and not null. */
export const CONVERSATION = [
  'id',
  'subject|null',
  'status',
  'channel',
  'contact',
  'agent|null',
  'assignee|null',
  'department|null',
  'tags',
  'priority',
  'replyMode',
  'replyModeOverride|null',
  'controller',
  'handoff|null',
  'working|null',
  'participants',
  'draft|null',
  'requiresAction',
  'unread',
  'inboundCount',
  'lastMessage|null',
  'lastActivityAt',
  'waitingSince|null',
  'lastInboundSeq',
  'version',
  'may',
];
export const CONTACT_IN_CONVERSATION = ['id', 'name', 'email|null', 'company|null', 'phone|null', 'language|null', 'aiPaused|null'];
export const HANDOFF = ['route|null', 'trigger', 'reason|null', 'at'];
export const MESSAGE = [
  'id',
  'conversationId',
  'seq',
  'direction',
  'kind',
  'author',
  'channel|null',
  'subject?',
  'text',
  'htmlUrl?',
  'attachments',
  'aiGenerated',
  'intent?',
  'delivery|null',
  'decision?',
  'sentBy',
  'approvedBy?',
  'editedBy?',
  'draftId?',
  'routes?',
  'chosenRouteId?',
  'reason?',
  'createdAt',
];
export const VISITOR_MESSAGE = [
  'id',
  'conversationId',
  'direction',
  'kind',
  'author',
  'text',
  'attachments',
  'aiGenerated',
  'delivery|null',
  'routes?',
  'chosenRouteId?',
  'createdAt',
];
export const DRAFT = [
  'id',
  'conversationId',
  'agentId',
  'status',
  'text',
  'html?',
  'finalText?',
  'inReplyToSeq|null',
  'risk',
  'because',
  'version',
  'createdAt',
  'settledBy?',
  'settledAt?',
];
const PROBLEM = ['type', 'title', 'status', 'detail', 'code'];

/** Which of the fields are missing, or null where they may not be. */
export function missing(fields: readonly string[], value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return ['the whole'];
  const of = value as Record<string, unknown>;
  return fields.filter((field) => {
    if (field.endsWith('?')) return false;
    const name = field.replace('|null', '');
    return field === name ? of[name] === undefined || of[name] === null : of[name] === undefined;
  });
}

/** Ids and times anywhere in an answer that do not look as they should: the paths to them. */
export function oddities(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => oddities(item, `${path}.${index}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const here = `${path}.${name}`;
    // What somebody else kept there is not ours to shape.
    if (name === 'data' || name === 'attributes' || name === 'settings' || name === 'filter') return [];
    if (typeof item !== 'string') return oddities(item, here);
    if (/^(id|.*Id)$/.test(name) && !UUID_V7.test(item)) return [`${here}: ${item}`];
    if (/^(at|.*At|.*Since|since)$/.test(name) && !INSTANT.test(item)) return [`${here}: ${item}`];
    return [];
  });
}

/** Expects that a call was refused, by a whole problem with this status and code. */
export function refused(answer: Answer<unknown>, status: number, code: string): void {
  expect([answer.status, answer.code]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(missing(PROBLEM, answer.body)).toEqual([]);
  expect((answer.body as { status: number }).status).toBe(status);
}
