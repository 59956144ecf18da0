import { z } from 'zod';
import { page } from './common.ts';
import * as c from './conversation.ts';
import { ApproveDraft, ApprovedDraft, Draft, DraftsQuery, RejectDraft } from './draft.ts';
import { endpoint } from './endpoint.ts';
import { operationEndpoints } from './operation.ts';
import { Message, MessagePage, MessagesQuery, MessageTemplate, SendMessage, ShowPictures, WriteNote } from './message.ts';

const one = '/v1/conversations/:id' as const;

export const conversationEndpoints = {
  listConversations: endpoint({ method: 'get', path: '/v1/conversations', audience: 'operator', scope: 'conversations:read', summary: 'The pool, filtered and sorted', query: c.ConversationsQuery, status: 200, response: page(c.Conversation) }),
  beginConversation: endpoint({ method: 'post', path: '/v1/conversations', audience: 'operator', summary: 'A person begins a conversation', body: c.BeginConversation, status: 201, response: c.Conversation, idempotent: true, errors: ['channel_cannot_send'] }),
  countConversations: endpoint({ method: 'get', path: '/v1/conversations/counts', audience: 'operator', summary: 'Counts per channel and standing view', query: c.ConversationFilter, status: 200, response: c.Counts }),
  bulkConversations: endpoint({ method: 'post', path: '/v1/conversations/bulk', audience: 'operator', summary: 'Change many conversations at once', body: c.BulkConversations, status: 200, response: c.BulkResult, idempotent: 'own', errors: ['key_reused'] }),
  undoOperation: endpoint({ method: 'post', path: '/v1/operations/:id/undo', audience: 'operator', summary: 'Put back what a bulk operation changed', status: 200, response: c.BulkResult }),
  getConversation: endpoint({ method: 'get', path: one, audience: 'operator', scope: 'conversations:read', summary: 'One conversation, also by the id of one merged into it', status: 200, response: c.Conversation }),
  patchConversation: endpoint({ method: 'patch', path: one, audience: 'operator', summary: 'Change reply mode, agent, assignee, department, status, tags, priority or subject', body: c.PatchConversation, status: 200, response: c.Conversation, ifMatch: 'optional', errors: ['agent_inactive'] }),
  listMessages: endpoint({ method: 'get', path: `${one}/messages`, audience: 'operator', scope: 'conversations:read', summary: 'Items of a conversation, oldest first', query: MessagesQuery, status: 200, response: MessagePage }),
  sendMessage: endpoint({ method: 'post', path: `${one}/messages`, audience: 'operator', summary: 'Send a message to the customer', body: SendMessage, status: 201, response: Message, ifMatch: 'optional', idempotent: true, errors: ['agent_in_control', 'newer_message', 'channel_cannot_send'] }),
  writeNote: endpoint({ method: 'post', path: `${one}/notes`, audience: 'operator', summary: 'Leave a note; allowed in every state', body: WriteNote, status: 201, response: Message, idempotent: true }),
  markRead: endpoint({ method: 'post', path: `${one}/read`, audience: 'operator', summary: 'Read up to an item', body: c.MarkRead, status: 200, response: c.Conversation }),
  markUnread: endpoint({ method: 'post', path: `${one}/unread`, audience: 'operator', summary: 'Unread from an item on', body: c.MarkRead, status: 200, response: c.Conversation }),
  assume: endpoint({ method: 'post', path: `${one}/assume`, audience: 'operator', summary: 'Take the conversation over from the agent', body: c.WithReason, status: 200, response: c.Conversation, ifMatch: 'optional', idempotent: true }),
  join: endpoint({ method: 'post', path: `${one}/join`, audience: 'operator', summary: 'Become a participant', status: 200, response: c.Conversation }),
  leave: endpoint({ method: 'post', path: `${one}/leave`, audience: 'operator', summary: 'Stop being a participant', status: 200, response: c.Conversation, errors: ['assignee_must_transfer'] }),
  transferToAi: endpoint({ method: 'post', path: `${one}/transfer-to-ai`, audience: 'operator', summary: 'Give the conversation to an agent', body: c.TransferToAi, status: 200, response: c.Conversation, ifMatch: 'optional', idempotent: true, errors: ['agent_inactive', 'reply_mode_off', 'contact_paused'] }),
  handOff: endpoint({ method: 'post', path: `${one}/handoff`, audience: 'operator', scope: 'handoffs:write', summary: 'Hand the conversation to people', body: c.HandOff, status: 200, response: c.Conversation, ifMatch: 'optional', idempotent: true }),
  resume: endpoint({ method: 'post', path: `${one}/resume`, audience: 'operator', summary: 'Clear the handoff and give control back to the agent', body: c.WithReason, status: 200, response: c.Conversation, ifMatch: 'optional', idempotent: true, errors: ['agent_inactive', 'no_agent'] }),
  transfer: endpoint({ method: 'post', path: `${one}/transfer`, audience: 'operator', summary: 'Ask another operator to take the conversation', body: c.TransferTo, status: 201, response: z.object({ transfer: c.Transfer }), idempotent: true, errors: ['transfer_pending'] }),
  acceptTransfer: endpoint({ method: 'post', path: '/v1/transfers/:id/accept', audience: 'operator', summary: 'Take what one was asked to take', status: 200, response: c.Transfer, idempotent: true, errors: ['transfer_settled'] }),
  declineTransfer: endpoint({ method: 'post', path: '/v1/transfers/:id/decline', audience: 'operator', summary: 'Leave it with who asked', body: c.WithReason, status: 200, response: c.Transfer, idempotent: true, errors: ['transfer_settled'] }),
  cancelTransfer: endpoint({ method: 'post', path: '/v1/transfers/:id/cancel', audience: 'operator', summary: 'Take the question back', status: 200, response: c.Transfer, idempotent: true, errors: ['transfer_settled'] }),
  typing: endpoint({ method: 'post', path: `${one}/typing`, audience: 'operator', summary: 'Say that one is writing here', body: c.Typing, status: 204 }),
  listTimeline: endpoint({ method: 'get', path: `${one}/timeline`, audience: 'operator', scope: 'conversations:read', summary: 'Activity round a conversation, newest first', query: c.TimelineQuery, status: 200, response: page(c.TimelineEntry) }),
  logActivity: endpoint({ method: 'post', path: `${one}/timeline`, audience: 'operator', scope: 'timeline:write', summary: 'Log an activity', body: c.LogActivity, status: 201, response: c.TimelineEntry, idempotent: true }),
  listTemplates: endpoint({ method: 'get', path: `${one}/templates`, audience: 'operator', summary: 'Texts that may be sent when a free answer may not', status: 200, response: z.object({ items: z.array(MessageTemplate) }) }),
  showPictures: endpoint({ method: 'post', path: '/v1/messages/:id/pictures', audience: 'operator', summary: 'Show pictures of other sites in every mail of whoever sent this one, or ask each time', body: ShowPictures, status: 204 }),
  fetchFile: endpoint({ method: 'post', path: '/v1/files/:id/fetch', audience: 'operator', summary: 'Fetch a file of a message once more that was given up; the answer is its message', status: 200, response: Message, idempotent: true }),
  retryMessage: endpoint({ method: 'post', path: '/v1/messages/:id/retry', audience: 'operator', summary: 'Send again what failed or is in doubt', status: 200, response: Message, idempotent: true, errors: ['not_delivered_by_person', 'channel_cannot_send'] }),

  listDrafts: endpoint({ method: 'get', path: '/v1/drafts', audience: 'operator', summary: 'The approval queue, oldest first', query: DraftsQuery, status: 200, response: page(c.QueuedDraft) }),
  getDraft: endpoint({ method: 'get', path: '/v1/drafts/:id', audience: 'operator', summary: 'One draft', status: 200, response: Draft }),
  approveDraft: endpoint({ method: 'post', path: '/v1/drafts/:id/approve', audience: 'operator', summary: 'Send a draft as it is, or as edited', body: ApproveDraft, status: 200, response: ApprovedDraft, ifMatch: 'required', idempotent: true, errors: ['draft_settled', 'draft_superseded', 'channel_cannot_send', 'skill_failed', 'draft_has_actions'] }),
  rejectDraft: endpoint({ method: 'post', path: '/v1/drafts/:id/reject', audience: 'operator', summary: 'Discard a draft', body: RejectDraft, status: 200, response: Draft, ifMatch: 'optional', idempotent: true, errors: ['draft_settled', 'draft_superseded'] }),
  restoreDraft: endpoint({ method: 'post', path: '/v1/drafts/:id/restore', audience: 'operator', summary: 'Bring a rejected draft back while nothing newer came', status: 200, response: Draft, idempotent: true, errors: ['draft_settled', 'draft_superseded'] }),
  ...operationEndpoints,
};
