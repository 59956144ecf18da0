import { page } from './common.ts';
import { QueuedDraft } from './conversation.ts';
import { ApproveDraft, ApprovedDraft, Draft, DraftsQuery, RejectDraft } from './draft.ts';
import { endpoint } from './endpoint.ts';

/** The approval queue, and what a person does with a draft. */
export const draftEndpoints = {
  listDrafts: endpoint({
    method: 'get',
    path: '/v1/drafts',
    audience: 'operator',
    summary: 'The approval queue, oldest first',
    query: DraftsQuery,
    status: 200,
    response: page(QueuedDraft),
  }),
  getDraft: endpoint({ method: 'get', path: '/v1/drafts/:id', audience: 'operator', summary: 'One draft', status: 200, response: Draft }),
  approveDraft: endpoint({
    method: 'post',
    path: '/v1/drafts/:id/approve',
    audience: 'operator',
    summary: 'Send a draft as it is, or as edited',
    body: ApproveDraft,
    status: 200,
    response: ApprovedDraft,
    ifMatch: 'required',
    idempotent: true,
    errors: ['draft_settled', 'draft_superseded', 'channel_cannot_send', 'skill_failed', 'draft_has_actions'],
  }),
  rejectDraft: endpoint({
    method: 'post',
    path: '/v1/drafts/:id/reject',
    audience: 'operator',
    summary: 'Discard a draft',
    body: RejectDraft,
    status: 200,
    response: Draft,
    ifMatch: 'optional',
    idempotent: true,
    errors: ['draft_settled', 'draft_superseded'],
  }),
  restoreDraft: endpoint({
    method: 'post',
    path: '/v1/drafts/:id/restore',
    audience: 'operator',
    summary: 'Bring a rejected draft back while nothing newer came',
    status: 200,
    response: Draft,
    idempotent: true,
    errors: ['draft_settled', 'draft_superseded'],
  }),
};
