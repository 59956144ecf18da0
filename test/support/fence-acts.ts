/** What people and customers do to a conversation while an agent is about to speak. */
import type { Change } from '../../server/db/change.ts';
import type { ActorRow } from '../../server/db/conversation.ts';
import { patchConversation } from '../../server/db/patches.ts';
import { sendAsPerson } from '../../server/db/sends.ts';
import { pauseContact, resumeContact, silenceAccount, silenceAgent } from '../../server/db/silence.ts';
import { assume, handOffByHand, resume, transferToAi } from '../../server/db/takeovers.ts';
import { approveDraft } from '../../server/db/drafts.ts';

/** The rows of one trial. */
export interface Subject {
  workspaceId: string;
  conversationId: string;
  contactId: string;
  agentId: string;
  otherAgentId: string;
  accountId: string;
  ana: ActorRow & { id: string };
}

type Act = (unit: Change, subject: Subject) => Promise<unknown>;
const plainly = { reason: null, ifMatch: null };

/** Each of them takes the word from the agent: nothing that it began may go out once one has committed. */
export const takeovers = {
  assume: (unit, { conversationId, ana }) => assume(unit, conversationId, ana, plainly),
  'send and assume': (unit, { conversationId, ana }) => sendAsPerson(unit, conversationId, ana, { text: 'I take this.', assume: true }),
  'hand off': (unit, { conversationId, ana }) => handOffByHand(unit, conversationId, ana, { routeId: null, departmentId: null, ...plainly }),
  'pause contact': (unit, { contactId, ana }) => pauseContact(unit, contactId, ana, null),
  'mode off': (unit, { conversationId, ana }) => patchConversation(unit, conversationId, ana, { replyMode: 'off' }, null),
  'mode to drafts': (unit, { conversationId, ana }) => patchConversation(unit, conversationId, ana, { replyMode: 'auto_draft' }, null),
  'default off': async (unit, { workspaceId, agentId, ana }) => {
    await unit.sql`update agent set reply_mode = 'off' where workspace_id = ${workspaceId} and id = ${agentId}`;
    await silenceAgent(unit, agentId, ana);
  },
  'agent off': async (unit, { workspaceId, agentId, ana }) => {
    await unit.sql`update agent set active = false where workspace_id = ${workspaceId} and id = ${agentId}`;
    await silenceAgent(unit, agentId, ana);
  },
  'account off': async (unit, { workspaceId, accountId, ana }) => {
    await unit.sql`update channel_account set active = false where workspace_id = ${workspaceId} and id = ${accountId}`;
    await silenceAccount(unit, accountId, ana);
  },
  // The same by the row alone, no conversation touched: the locks and counters have to do.
  'contact row': ({ sql }, { workspaceId, contactId, ana }) =>
    sql`update contact set ai_paused_at = now(), ai_paused_by = ${ana.id}, fence = fence + 1 where workspace_id = ${workspaceId} and id = ${contactId}`,
  'agent row': ({ sql }, { workspaceId, agentId }) =>
    sql`update agent set active = false, fence = fence + 1 where workspace_id = ${workspaceId} and id = ${agentId}`,
  'account row': ({ sql }, { workspaceId, accountId }) =>
    sql`update channel_account set active = false, fence = fence + 1 where workspace_id = ${workspaceId} and id = ${accountId}`,
  'no agent': (unit, { conversationId, ana }) => patchConversation(unit, conversationId, ana, { agentId: null }, null),
  close: (unit, { conversationId, ana }) => patchConversation(unit, conversationId, ana, { status: 'closed' }, null),
} satisfies Record<string, Act>;
export type Takeover = keyof typeof takeovers;

/** What gives the word back, by the takeover that it undoes. */
export const givebacks: Partial<Record<Takeover, Record<string, Act>>> = {
  assume: {
    resume: (unit, { conversationId, ana }) => resume(unit, conversationId, ana, plainly),
    'transfer to AI': (unit, { conversationId, agentId, ana }) => transferToAi(unit, conversationId, ana, { agentId, ...plainly }),
    'transfer to another': (unit, { conversationId, otherAgentId, ana }) => transferToAi(unit, conversationId, ana, { agentId: otherAgentId, ...plainly }),
  },
  'hand off': {
    resume: (unit, { conversationId, ana }) => resume(unit, conversationId, ana, plainly),
    'transfer to AI': (unit, { conversationId, agentId, ana }) => transferToAi(unit, conversationId, ana, { agentId, ...plainly }),
  },
  'pause contact': { 'resume contact': (unit, { contactId, ana }) => resumeContact(unit, contactId, ana, null) },
  'mode off': { 'mode on': (unit, { conversationId, ana }) => patchConversation(unit, conversationId, ana, { replyMode: 'auto_send' }, null) },
  'no agent': { 'transfer to AI': (unit, { conversationId, agentId, ana }) => transferToAi(unit, conversationId, ana, { agentId, ...plainly }) },
};

/** After these nothing starts for what came before: whoever resumed has seen it. */
export const startsNothing = new Set(['resume']);

/** A person sends what the agent drafted, if it still may. */
export const approve = async (unit: Change, { workspaceId, conversationId, ana }: Subject): Promise<boolean> => {
  const [draft] = await unit.sql<
    { id: string; version: number }[]
  >`select id, version from draft where workspace_id = ${workspaceId} and conversation_id = ${conversationId} order by created_at limit 1`;
  return draft !== undefined && ((await approveDraft(unit, draft.id, ana, { version: draft.version }))?.ok ?? false);
};
