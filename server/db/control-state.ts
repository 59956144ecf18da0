/** What of a conversation's columns the state machine of control decides over: as it takes them, and as it gives them back. */
import type { ControlState } from '../domain/control.ts';
import type { ConversationRow } from './conversation.ts';

/** A conversation as the state machine sees it. */
export function controlStateOf(row: ConversationRow): ControlState {
  return {
    status: row.status,
    agentId: row.agentId,
    assigneeId: row.assigneeId,
    controller: { kind: row.controllerKind, id: row.controllerId },
    replyModeOverride: row.replyModeOverride,
    handoff: row.handoffAt ? { trigger: row.handoffTrigger ?? 'manual', routeId: row.handoffRouteId, reason: row.handoffReason, at: row.handoffAt } : null,
    departmentId: row.departmentId,
    requiresAction: row.requiresAction,
    requiresReason: row.requiresReason,
    waitingSince: row.waitingSince,
    unsettled: row.lastInboundId !== null && row.lastInboundId !== row.answeredId,
  };
}

/** Takes over into the row what the state machine made of it. Who handed off, and what the customer filled in, goes with a handoff that ended. */
export function takeControlState(row: ConversationRow, state: ControlState): void {
  Object.assign(row, {
    status: state.status,
    agentId: state.agentId,
    assigneeId: state.assigneeId,
    controllerKind: state.controller.kind,
    controllerId: state.controller.id,
    replyModeOverride: state.replyModeOverride,
    handoffAt: state.handoff?.at ?? null,
    handoffTrigger: state.handoff?.trigger ?? null,
    handoffRouteId: state.handoff?.routeId ?? null,
    handoffReason: state.handoff?.reason ?? null,
    handoffBy: state.handoff ? row.handoffBy : null,
    handoffForm: state.handoff ? row.handoffForm : null,
    departmentId: state.departmentId,
    requiresAction: state.requiresAction,
    requiresReason: state.requiresReason,
    waitingSince: state.waitingSince,
  } satisfies Partial<ConversationRow>);
}
