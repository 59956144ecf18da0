import type { Code, ReplyMode, Status } from '../contract/common.ts';
import type { HandoffTrigger } from '../contract/conversation.ts';

/** Who may speak in a conversation, and what needs a person. Nothing but {@link apply} changes it. */
export interface ControlState {
  status: Status;
  agentId: string | null;
  assigneeId: string | null;
  controller: { kind: 'agent' | 'human'; id: string | null };
  replyModeOverride: ReplyMode | null;
  handoff: { trigger: HandoffTrigger; routeId: string | null; reason: string | null; at: Date } | null;
  departmentId: string | null;
  requiresAction: boolean;
  requiresReason: string | null;
  /** Of the oldest inbound message that nobody answered. */
  waitingSince: Date | null;
  /** The newest inbound message was settled neither by a person nor by a run. */
  unsettled: boolean;
}

/** The agent that a command names, as its row says now. */
export interface AgentState {
  id: string;
  active: boolean;
  replyMode: ReplyMode;
}

export type Command =
  /** Without an operator: somebody of the team, in the channel's own app. */
  | { type: 'assume'; operatorId: string | null }
  | { type: 'hand_off'; trigger: HandoffTrigger; routeId: string | null; departmentId: string | null; reason: string | null; dropDraft: boolean }
  | { type: 'choose_route'; routeId: string; departmentId: string | null }
  | { type: 'resume'; agent: AgentState | null }
  | { type: 'transfer_to_ai'; agent: AgentState; contactPaused: boolean }
  | { type: 'set_reply_mode'; replyMode: ReplyMode | null }
  | { type: 'set_agent'; agent: AgentState | null }
  | { type: 'set_assignee'; operatorId: string | null }
  | { type: 'set_department'; departmentId: string | null }
  | { type: 'set_status'; status: Status }
  | { type: 'inbound'; agentAnswers: boolean }
  | { type: 'human_reply' }
  | { type: 'agent_reply' }
  | { type: 'agent_stays_quiet' }
  /** A person wants an answer to the newest message, which came then, after all. */
  | { type: 'reply_anyway'; since: Date }
  /** A person says that the newest message wants none: what is under way for it ends. */
  | { type: 'stay_quiet_after_all' }
  | { type: 'draft_staged' }
  | { type: 'agent_cannot'; reason: string }
  | { type: 'delivery_failed' };

/** What has to happen in the same transaction as the new state. */
interface Effects {
  /** Who may speak changed: the counter rises, so that everything begun before is stale. */
  fence: boolean;
  /** The agent's messages that are still queued do not go out. */
  recall: boolean;
  /** A run in progress loses its slot and is told to stop. */
  abort: boolean;
  pendingDraft: 'keep' | 'supersede' | 'drop';
  /** A run starts at once if something is unsettled. */
  run: boolean;
  /** What came until now no longer triggers a handoff. */
  boundary: boolean;
  /** What came until now counts as settled: no run is owed for it. */
  settle: boolean;
  /** What nobody answered is owed a run again, also where one had settled it without an answer. */
  unsettle: boolean;
}

const NOTHING: Effects = { fence: false, recall: false, abort: false, pendingDraft: 'keep', run: false, boundary: false, settle: false, unsettle: false };
const SILENCE = { fence: true, recall: true, abort: true } as const;

export interface Applied {
  ok: true;
  state: ControlState;
  effects: Effects;
  /** False where the state was already so: nothing is written, no line appears. */
  changed: boolean;
}
export interface Refused {
  ok: false;
  code: Code;
  detail: string;
}

const done = (state: ControlState, effects: Partial<Effects> = {}): Applied => ({ ok: true, changed: true, state, effects: { ...NOTHING, ...effects } });
const unchanged = (state: ControlState): Applied => ({ ok: true, changed: false, state, effects: NOTHING });
const refused = (code: Code, detail: string): Refused => ({ ok: false, code, detail });

/**
 * The state machine of a conversation.
 * @param now the time that a handoff or a wait begins at
 * @returns the next state with what must commit beside it, or a refusal with its reason; never throws
 */
export function apply(state: ControlState, command: Command, now: Date): Applied | Refused {
  switch (command.type) {
    case 'assume': {
      const { operatorId } = command;
      const assigneeId = operatorId ?? state.assigneeId;
      if (state.controller.kind === 'human' && state.controller.id === operatorId && state.assigneeId === assigneeId) return unchanged(state);
      // An open handoff is picked up and stays open: only resume and a transfer to AI clear it.
      return done({ ...state, controller: { kind: 'human', id: operatorId }, assigneeId }, SILENCE);
    }
    case 'hand_off':
      return handOff(state, command, now);
    case 'choose_route':
      if (!state.handoff) return refused('invalid', 'The conversation is not handed off.');
      return done({ ...state, handoff: { ...state.handoff, routeId: command.routeId }, departmentId: command.departmentId ?? state.departmentId });
    case 'resume': {
      if (!command.agent) return refused('no_agent', 'The conversation has no agent to resume.');
      if (!command.agent.active) return refused('agent_inactive', 'The agent is not active.');
      if (!state.handoff && state.controller.kind === 'agent') return unchanged(state);
      const next: ControlState = { ...state, handoff: null, controller: { kind: 'agent', id: command.agent.id }, requiresAction: false, requiresReason: null };
      return done(next, { ...SILENCE, boundary: true, settle: true });
    }
    case 'transfer_to_ai': {
      if (!command.agent.active) return refused('agent_inactive', 'The agent is not active.');
      if (command.agent.replyMode === 'off') return refused('reply_mode_off', 'The agent’s reply mode is off.');
      if (command.contactPaused) return refused('contact_paused', 'AI is paused for this contact.');
      const next: ControlState = {
        ...state,
        agentId: command.agent.id,
        controller: { kind: 'agent', id: command.agent.id },
        handoff: null,
        replyModeOverride: state.replyModeOverride === 'off' ? null : state.replyModeOverride,
        requiresAction: false,
        requiresReason: null,
        status: 'open',
      };
      const unanswered = state.waitingSince !== null;
      return done(
        { ...next, unsettled: state.unsettled || unanswered },
        { ...SILENCE, boundary: true, run: true, unsettle: unanswered, pendingDraft: 'supersede' },
      );
    }
    case 'set_reply_mode':
      if (state.replyModeOverride === command.replyMode) return unchanged(state);
      // Also when off: the next run says in the thread that nobody answers, and asks for a person.
      return done({ ...state, replyModeOverride: command.replyMode }, { ...SILENCE, run: true });
    case 'set_agent':
      return setAgent(state, command.agent);
    case 'set_assignee': {
      if (state.assigneeId === command.operatorId) return unchanged(state);
      const controller = state.controller.kind === 'human' ? { kind: 'human' as const, id: command.operatorId } : state.controller;
      return done({ ...state, assigneeId: command.operatorId, controller });
    }
    case 'set_department':
      if (state.departmentId === command.departmentId) return unchanged(state);
      return done({ ...state, departmentId: command.departmentId });
    case 'set_status':
      if (state.status === command.status) return unchanged(state);
      if (command.status === 'open') return done({ ...state, status: 'open' }, { fence: true });
      return done({ ...state, status: command.status, requiresAction: false, requiresReason: null, waitingSince: null }, { ...SILENCE, settle: true });
    case 'reply_anyway':
      return done({ ...state, waitingSince: state.waitingSince ?? command.since, unsettled: true }, { run: true, unsettle: true });
    case 'stay_quiet_after_all': {
      const awaited = state.handoff !== null;
      const next: ControlState = {
        ...state,
        waitingSince: awaited ? state.waitingSince : null,
        unsettled: false,
        requiresAction: awaited,
        requiresReason: awaited ? 'handoff' : null,
      };
      return done(next, { abort: true, recall: true, settle: true, pendingDraft: 'drop' });
    }
    default:
      return applyMessage(state, command, now);
  }
}

/** Commands that come with a message rather than from somebody's hand on the controls. */
function applyMessage(
  state: ControlState,
  command: Extract<Command, { type: 'inbound' | 'human_reply' | 'agent_reply' | 'agent_stays_quiet' | 'draft_staged' | 'agent_cannot' | 'delivery_failed' }>,
  now: Date,
): Applied {
  switch (command.type) {
    case 'inbound': {
      const needsPerson = !command.agentAnswers && !state.requiresAction;
      return done(
        {
          ...state,
          status: 'open',
          waitingSince: state.waitingSince ?? now,
          unsettled: true,
          requiresAction: state.requiresAction || !command.agentAnswers,
          requiresReason: needsPerson ? 'unanswered' : state.requiresReason,
        },
        { pendingDraft: 'supersede' },
      );
    }
    case 'human_reply':
      // A reply never clears a handoff; whoever writes into one that nobody holds does not take it either.
      return done(
        { ...state, requiresAction: false, requiresReason: null, waitingSince: null, unsettled: false },
        { abort: true, settle: true, pendingDraft: 'supersede' },
      );
    case 'agent_reply':
      return done({ ...state, waitingSince: null, unsettled: false, requiresAction: false, requiresReason: null }, { settle: true, pendingDraft: 'supersede' });
    case 'agent_stays_quiet':
      return done({ ...state, waitingSince: null, unsettled: false, requiresAction: false, requiresReason: null }, { settle: true });
    case 'draft_staged':
      // A draft waits for approval; that is not the same as nobody having an answer. A handoff goes on waiting.
      return done({ ...state, requiresAction: state.handoff !== null, requiresReason: state.handoff ? 'handoff' : null });
    case 'agent_cannot':
      return done({ ...state, unsettled: false, requiresAction: true, requiresReason: command.reason }, { settle: true });
    case 'delivery_failed':
      return done({ ...state, requiresAction: true, requiresReason: 'delivery_failed' });
  }
}

function handOff(state: ControlState, command: Extract<Command, { type: 'hand_off' }>, now: Date): Applied | Refused {
  const { trigger, routeId, departmentId, reason } = command;
  if (state.handoff) {
    if (trigger !== 'manual' || (routeId === null && departmentId === null)) return unchanged(state);
    return done({ ...state, handoff: { ...state.handoff, routeId: routeId ?? state.handoff.routeId }, departmentId: departmentId ?? state.departmentId });
  }
  const next: ControlState = {
    ...state,
    status: 'open',
    handoff: { trigger, routeId, reason, at: now },
    controller: { kind: 'human', id: state.assigneeId },
    departmentId: departmentId ?? state.departmentId,
    requiresAction: true,
    requiresReason: 'handoff',
    waitingSince: state.waitingSince ?? now,
  };
  return done(next, { ...SILENCE, settle: true, pendingDraft: command.dropDraft ? 'drop' : 'keep' });
}

function setAgent(state: ControlState, agent: AgentState | null): Applied | Refused {
  if (agent && !agent.active) return refused('agent_inactive', 'The agent is not active.');
  if (state.agentId === (agent?.id ?? null)) return unchanged(state);
  const next: ControlState = { ...state, agentId: agent?.id ?? null };
  if (state.controller.kind === 'agent') next.controller = agent ? { kind: 'agent', id: agent.id } : { kind: 'human', id: state.assigneeId };
  if (!agent && state.unsettled && !state.requiresAction) Object.assign(next, { requiresAction: true, requiresReason: 'unanswered' });
  return done(next, { ...SILENCE, run: agent !== null });
}

/** How a new conversation begins: under the intake agent of its account, or with the team where there is none. */
export function begin(intakeAgentId: string | null, departmentId: string | null): ControlState {
  return {
    status: 'open',
    agentId: intakeAgentId,
    assigneeId: null,
    controller: intakeAgentId ? { kind: 'agent', id: intakeAgentId } : { kind: 'human', id: null },
    replyModeOverride: null,
    handoff: null,
    departmentId,
    requiresAction: false,
    requiresReason: null,
    waitingSince: null,
    unsettled: false,
  };
}
