import type { ReplyMode, Status } from '../contract/common.ts';

/** All that decides whether an agent may speak, at one moment. */
export interface SpeakingState {
  /** The conversation's override where it has one, else its agent's default. */
  replyMode: ReplyMode;
  controller: 'agent' | 'human';
  handedOff: boolean;
  contactPaused: boolean;
  /** False also where the conversation has no agent. */
  agentActive: boolean;
  accountActive: boolean;
  status: Status;
  /** The customer addressed the agent by name: @Nova. */
  mentioned: boolean;
  /** The classifier's word; `off` where the agent answers everything. */
  classifier: 'reply' | 'quiet' | 'off';
  /** The message's intent is among those that the agent answers by itself. */
  intentAllowed: boolean;
  risk: 'low' | 'medium' | 'high';
}

export type BlockedReason =
  | 'contact_paused'
  | 'handed_off'
  | 'human_in_control'
  | 'reply_mode_off'
  | 'account_inactive'
  | 'agent_inactive'
  | 'conversation_closed'
  | 'intent_not_enabled';
export type PolicyReason = BlockedReason | 'classifier_quiet' | 'mentioned' | 'sends_by_itself' | 'low_risk' | 'risky' | 'drafts_for_approval';

export interface Policy {
  verdict: 'send' | 'stage' | 'quiet' | 'blocked';
  reason: PolicyReason;
}

/**
 * Whether an agent may reply now, and how. Total over its input. Order of precedence: pause of the contact, handoff,
 * a human in control, mode off, account or agent inactive, conversation closed, intent not enabled, classifier. An
 * @mention passes the classifier and nothing else; its reason is what the thread shows.
 */
export function mayAgentReply(state: SpeakingState): Policy {
  const blocked = whatBlocks(state);
  if (blocked) return { verdict: 'blocked', reason: blocked };
  if (state.classifier === 'quiet' && !state.mentioned) return { verdict: 'quiet', reason: 'classifier_quiet' };
  switch (state.replyMode) {
    case 'auto_send':
      return { verdict: 'send', reason: 'sends_by_itself' };
    case 'controlled':
      return state.risk === 'low' ? { verdict: 'send', reason: 'low_risk' } : { verdict: 'stage', reason: 'risky' };
    default:
      return { verdict: 'stage', reason: 'drafts_for_approval' };
  }
}

function whatBlocks(state: SpeakingState): BlockedReason | null {
  if (state.contactPaused) return 'contact_paused';
  if (state.handedOff) return 'handed_off';
  if (state.controller === 'human') return 'human_in_control';
  if (state.replyMode === 'off') return 'reply_mode_off';
  if (!state.accountActive) return 'account_inactive';
  if (!state.agentActive) return 'agent_inactive';
  if (state.status !== 'open') return 'conversation_closed';
  if (!state.intentAllowed) return 'intent_not_enabled';
  return null;
}

/** What of {@link SpeakingState} stands in rows, before any message is looked at. */
export type StandingState = Omit<SpeakingState, 'mentioned' | 'classifier' | 'intentAllowed' | 'risk'>;

/** The policy for a message that warrants a reply and carries no risk: what the state alone allows. */
export function standingPolicy(state: StandingState): Policy {
  return mayAgentReply({ ...state, mentioned: false, classifier: 'reply', intentAllowed: true, risk: 'low' });
}

/**
 * Whether the agent could send by itself now. Exactly then it *is in control*: the composer gives way to Assume
 * Conversation, and a person's send needs `assume`.
 */
export function agentInControl(state: StandingState): boolean {
  return standingPolicy(state).verdict === 'send';
}
