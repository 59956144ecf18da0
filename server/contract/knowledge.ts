import { z } from 'zod';
import { Id, Name, page, PageQuery, Time } from './common.ts';
import { endpoint } from './endpoint.ts';

const Url = z.url({ protocol: /^https?$/ }).max(2_000);

const ImportArticles = z.strictObject({
  /** Files of PDF, Word (docx), markdown, plain text or HTML, their bytes in base64. */
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(255), data: z.base64().max(8_000_000) }))
    .max(20)
    .default([]),
  /** Pages of the public internet whose text is taken out. */
  urls: z.array(Url).max(10).default([]),
});

/** Why nothing could be taken out of a file or a page. */
export const ImportFault = z.enum(['unsupported', 'too_large', 'empty', 'no_text', 'unreadable', 'unreachable', 'not_public', 'too_slow']);
export type ImportFault = z.infer<typeof ImportFault>;

/** An article to look over; it is none until it is saved. */
export const ArticleDraft = z.object({ title: Name, text: z.string(), language: z.string(), sourceUrl: z.string().nullable() });
export type ArticleDraft = z.infer<typeof ArticleDraft>;

/** What became of one file or page. */
export const ImportOutcome = z.object({
  /** The file's name, or the address. */
  source: z.string(),
  draft: ArticleDraft.nullable(),
  fault: ImportFault.nullable(),
});
export type ImportOutcome = z.infer<typeof ImportOutcome>;

const GapStatus = z.enum(['open', 'dismissed', 'answered']);

/** Something that agents were asked and could not answer, with all that asked the same. */
export const KnowledgeGap = z.object({
  id: Id,
  question: z.string(),
  language: z.string().nullable(),
  status: GapStatus,
  /** How often it was asked. */
  times: z.number().int(),
  firstAt: Time,
  lastAt: Time,
  /** Written to answer it; asked again since, it is open again. */
  articleId: Id.nullable(),
  /** The latest that asked it, newest first. */
  messages: z.array(z.object({ messageId: Id, conversationId: Id, text: z.string(), askedAt: Time })),
});
export type KnowledgeGap = z.infer<typeof KnowledgeGap>;

const GapsQuery = PageQuery.extend({ status: GapStatus.default('open') });
const SettleGap = z.strictObject({ articleId: Id });

export const knowledgeEndpoints = {
  importArticles: endpoint({
    method: 'post',
    path: '/v1/articles/import',
    audience: 'admin',
    summary: 'Take the text out of files and pages, as drafts of articles; nothing is saved',
    body: ImportArticles,
    bodyMax: 8_500_000,
    status: 200,
    response: z.object({ items: z.array(ImportOutcome) }),
  }),
  listGaps: endpoint({
    method: 'get',
    path: '/v1/knowledge/gaps',
    audience: 'operator',
    summary: 'What no article covers, asked last first',
    query: GapsQuery,
    status: 200,
    response: page(KnowledgeGap),
  }),
  dismissGap: endpoint({
    method: 'post',
    path: '/v1/knowledge/gaps/:id/dismiss',
    audience: 'admin',
    summary: 'No article is to cover this',
    status: 200,
    response: KnowledgeGap,
    idempotent: true,
  }),
  reopenGap: endpoint({
    method: 'post',
    path: '/v1/knowledge/gaps/:id/reopen',
    audience: 'admin',
    summary: 'An article is wanted after all',
    status: 200,
    response: KnowledgeGap,
    idempotent: true,
  }),
  settleGap: endpoint({
    method: 'post',
    path: '/v1/knowledge/gaps/:id/settle',
    audience: 'admin',
    summary: 'This article covers it',
    body: SettleGap,
    status: 200,
    response: KnowledgeGap,
    idempotent: true,
  }),
};
