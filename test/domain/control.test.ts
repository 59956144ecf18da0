import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, begin } from '../../server/domain/control.ts';
import type { AgentState, Applied, Command, ControlState } from '../../server/domain/control.ts';
import { agentInControl } from '../../server/domain/policy.ts';

const now = new Date('2026-11-21T12:00:00.000Z');
const operator = fc.constantFrom('ana', 'ben');
const agentId = fc.constantFrom('nova', 'sol');
const agent = fc.record<AgentState>({ id: agentId, active: fc.boolean(), replyMode: fc.constantFrom('auto_send', 'controlled', 'auto_draft', 'off') });
const mode = fc.constantFrom('auto_send', 'controlled', 'auto_draft', 'off');
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });

/** Any state that rows can hold, also those that no path leads to. */
const anyState = fc.record<ControlState>({
  status: fc.constantFrom('open', 'closed', 'archived'),
  agentId: maybe(agentId),
  assigneeId: maybe(operator),
  controller: fc.oneof(
    fc.record({ kind: fc.constant('agent' as const), id: maybe(agentId) }),
    fc.record({ kind: fc.constant('human' as const), id: maybe(operator) }),
  ),
  replyModeOverride: maybe(mode),
  handoff: maybe(
    fc.record({
      trigger: fc.constantFrom('manual' as const, 'failure' as const),
      routeId: maybe(fc.constant('call')),
      reason: maybe(fc.constant('why')),
      at: fc.constant(new Date('2026-11-20T00:00:00.000Z')),
    }),
  ),
  departmentId: maybe(fc.constantFrom('care', 'sales')),
  requiresAction: fc.boolean(),
  requiresReason: maybe(fc.constantFrom('handoff', 'unanswered')),
  waitingSince: maybe(fc.constant(new Date('2026-11-20T00:00:00.000Z'))),
  unsettled: fc.boolean(),
});

const COMMANDS: { [T in Command['type']]: fc.Arbitrary<Extract<Command, { type: T }>> } = {
  assume: fc.record({ type: fc.constant('assume' as const), operatorId: maybe(operator) }),
  hand_off: fc.record({
    type: fc.constant('hand_off' as const),
    trigger: fc.constantFrom('manual' as const, 'asks_for_person' as const),
    routeId: maybe(fc.constant('call')),
    departmentId: maybe(fc.constant('care')),
    reason: maybe(fc.constant('why')),
    dropDraft: fc.boolean(),
  }),
  choose_route: fc.record({ type: fc.constant('choose_route' as const), routeId: fc.constant('sales'), departmentId: maybe(fc.constant('sales')) }),
  resume: fc.record({ type: fc.constant('resume' as const), agent: maybe(agent) }),
  transfer_to_ai: fc.record({ type: fc.constant('transfer_to_ai' as const), agent, contactPaused: fc.boolean() }),
  set_reply_mode: fc.record({ type: fc.constant('set_reply_mode' as const), replyMode: maybe(mode) }),
  set_agent: fc.record({ type: fc.constant('set_agent' as const), agent: maybe(agent) }),
  set_assignee: fc.record({ type: fc.constant('set_assignee' as const), operatorId: maybe(operator) }),
  set_department: fc.record({ type: fc.constant('set_department' as const), departmentId: maybe(fc.constantFrom('care', 'sales')) }),
  set_status: fc.record({ type: fc.constant('set_status' as const), status: fc.constantFrom('open', 'closed', 'archived') }),
  inbound: fc.record({ type: fc.constant('inbound' as const), agentAnswers: fc.boolean() }),
  human_reply: fc.record({ type: fc.constant('human_reply' as const) }),
  agent_reply: fc.record({ type: fc.constant('agent_reply' as const) }),
  agent_stays_quiet: fc.record({ type: fc.constant('agent_stays_quiet' as const) }),
  reply_anyway: fc.record({ type: fc.constant('reply_anyway' as const), since: fc.constant(new Date('2026-11-20T00:00:00.000Z')) }),
  stay_quiet_after_all: fc.record({ type: fc.constant('stay_quiet_after_all' as const) }),
  draft_staged: fc.record({ type: fc.constant('draft_staged' as const) }),
  agent_cannot: fc.record({ type: fc.constant('agent_cannot' as const), reason: fc.constant('agent_inactive') }),
  delivery_failed: fc.record({ type: fc.constant('delivery_failed' as const) }),
};
const anyCommand: fc.Arbitrary<Command> = fc.oneof(...(Object.values(COMMANDS) as fc.Arbitrary<Command>[]));

/** Every applied command from every state: a command that refuses proves nothing here. */
function everywhere(check: (before: ControlState, command: Command, applied: Applied) => void, commands: fc.Arbitrary<Command> = anyCommand): void {
  fc.assert(
    fc.property(anyState, commands, (before, command) => {
      const applied = apply(before, command, now);
      if (applied.ok) check(before, command, applied);
    }),
    { numRuns: 4_000 },
  );
}

/** Whether an agent with this default could send by itself in this conversation, were nothing else in its way. */
const couldSend = (state: ControlState, replyMode: AgentState['replyMode']): boolean =>
  agentInControl({
    replyMode: state.replyModeOverride ?? replyMode,
    controller: state.controller.kind,
    handedOff: state.handoff !== null,
    contactPaused: false,
    agentActive: state.agentId !== null,
    accountActive: true,
    status: state.status,
  });

/** All of a state that says who may speak. */
const speaking = (state: ControlState) => JSON.stringify([state.controller, state.agentId, state.handoff !== null, state.replyModeOverride, state.status]);

describe('the state machine of a conversation', () => {
  it('raises the counter with every change to who may speak that somebody makes', () => {
    everywhere((before, command, { state, effects, changed }) => {
      if (command.type === 'inbound') return; // Reopening by the customer's word takes the word from nobody.
      const moved =
        speaking({ ...before, controller: { ...before.controller, id: null } }) !== speaking({ ...state, controller: { ...state.controller, id: null } });
      if (moved && changed) expect(effects.fence).toBe(true);
      if (!changed) expect(effects.fence).toBe(false);
    });
  });

  it('recalls and aborts whenever an agent loses the word', () => {
    everywhere((before, _command, { state, effects }) => {
      for (const replyMode of ['auto_send', 'controlled', 'auto_draft', 'off'] as const) {
        if (couldSend(before, replyMode) && (!couldSend(state, replyMode) || before.agentId !== state.agentId))
          expect(effects).toMatchObject({ fence: true, recall: true, abort: true });
      }
    });
  });

  it('leaves an unchanged state as it was, with no effect at all', () => {
    everywhere((before, _command, { state, effects, changed }) => {
      if (changed) return;
      expect(state).toEqual(before);
      expect(effects).toEqual({ fence: false, recall: false, abort: false, pendingDraft: 'keep', run: false, boundary: false, settle: false, unsettle: false });
    });
  });

  it('clears a handoff by resume and by a transfer to AI, and by nothing else', () => {
    everywhere((before, command, { state }) => {
      if (before.handoff && !state.handoff) expect(['resume', 'transfer_to_ai']).toContain(command.type);
      if (before.handoff && state.handoff) expect(state.handoff.at).toEqual(before.handoff.at);
      if (!before.handoff && state.handoff) expect(command.type).toBe('hand_off');
    });
  });

  it('gives control to an agent only by resume, a transfer to AI, or where it had it', () => {
    everywhere((before, command, { state }) => {
      if (before.controller.kind === 'human' && state.controller.kind === 'agent') expect(['resume', 'transfer_to_ai']).toContain(command.type);
      if (command.type === 'hand_off' || command.type === 'assume') expect(state.controller.kind === 'human' || before.handoff !== null).toBe(true);
    });
  });

  it('lets any operator take over from any state, and write afterwards', () => {
    fc.assert(
      fc.property(anyState, operator, (state, operatorId) => {
        const applied = apply(state, { type: 'assume', operatorId }, now);
        expect(applied.ok).toBe(true);
        if (!applied.ok) return;
        expect(applied.state).toMatchObject({ controller: { kind: 'human', id: operatorId }, assigneeId: operatorId });
        for (const replyMode of ['auto_send', 'controlled', 'auto_draft', 'off'] as const) expect(couldSend(applied.state, replyMode)).toBe(false);
        expect(applied.state.handoff).toEqual(state.handoff);
      }),
    );
  });

  it('does nothing the second time that the same hand does the same', () => {
    const idempotent = fc.oneof<fc.Arbitrary<Command>[]>(
      COMMANDS.assume,
      COMMANDS.set_reply_mode,
      COMMANDS.set_agent,
      COMMANDS.set_assignee,
      COMMANDS.set_department,
      COMMANDS.set_status,
      COMMANDS.resume,
      COMMANDS.hand_off.map((command) => ({ ...command, trigger: 'asks_for_person' as const })),
    );
    everywhere((_before, command, { state }) => {
      const again = apply(state, command, now);
      expect(again).toMatchObject({ ok: true, changed: false });
    }, idempotent);
  });

  it('settles a draft when somebody else has answered, and keeps it for whoever takes over', () => {
    everywhere((_before, command, { effects }) => {
      if (command.type === 'human_reply' || command.type === 'agent_reply' || command.type === 'inbound' || command.type === 'transfer_to_ai')
        expect(effects.pendingDraft).toBe('supersede');
      if (command.type === 'assume' || command.type === 'set_assignee') expect(effects.pendingDraft).toBe('keep');
      if (command.type === 'hand_off' && command.dropDraft && effects.fence) expect(effects.pendingDraft).toBe('drop');
    });
  });

  it('leaves nobody waiting unseen: who is not answered is a person’s or owes a run', () => {
    everywhere((before, command, { state, effects, changed }) => {
      if (!changed || !state.unsettled || command.type === 'inbound' || command.type === 'assume') return;
      // An agent lost its run here: either the next one is owed, or people know.
      if (effects.abort && !effects.settle)
        expect(effects.run || state.requiresAction || state.controller.id !== null || before.controller.kind === 'human').toBe(true);
    });
  });

  it('keeps the time that a customer waits since, until there is an answer', () => {
    everywhere((before, command, { state }) => {
      if (!before.waitingSince) return;
      if (
        ['human_reply', 'agent_reply', 'agent_stays_quiet', 'stay_quiet_after_all'].includes(command.type) ||
        (command.type === 'set_status' && command.status !== 'open')
      )
        return;
      expect(state.waitingSince).toEqual(before.waitingSince);
    });
  });

  it('requires action at a handoff until a person answers, resumes or closes', () => {
    everywhere((before, command, { state, changed }) => {
      if (command.type === 'hand_off' && changed && !before.handoff)
        expect(state).toMatchObject({ requiresAction: true, requiresReason: 'handoff', status: 'open' });
    });
  });
});

describe('refusals', () => {
  const state = begin('nova', null);
  const inactive: AgentState = { id: 'nova', active: false, replyMode: 'auto_send' };
  it.each<[Command, string]>([
    [{ type: 'resume', agent: null }, 'no_agent'],
    [{ type: 'resume', agent: inactive }, 'agent_inactive'],
    [{ type: 'transfer_to_ai', agent: inactive, contactPaused: false }, 'agent_inactive'],
    [{ type: 'transfer_to_ai', agent: { ...inactive, active: true, replyMode: 'off' }, contactPaused: false }, 'reply_mode_off'],
    [{ type: 'transfer_to_ai', agent: { ...inactive, active: true }, contactPaused: true }, 'contact_paused'],
    [{ type: 'set_agent', agent: inactive }, 'agent_inactive'],
    [{ type: 'choose_route', routeId: 'call', departmentId: null }, 'invalid'],
  ])('%o is refused', (command, code) => {
    expect(apply(state, command, now)).toMatchObject({ ok: false, code });
  });
});

describe('a transfer to AI', () => {
  it('clears the handoff, and an override that says off, and starts what is unanswered', () => {
    const handed = apply(
      { ...begin('sol', null), replyModeOverride: 'off', unsettled: true, waitingSince: now },
      { type: 'hand_off', trigger: 'manual', routeId: null, departmentId: null, reason: null, dropDraft: false },
      now,
    );
    if (!handed.ok) throw new Error(handed.detail);
    const applied = apply(handed.state, { type: 'transfer_to_ai', agent: { id: 'nova', active: true, replyMode: 'auto_send' }, contactPaused: false }, now);
    expect(applied).toMatchObject({
      ok: true,
      state: { handoff: null, agentId: 'nova', controller: { kind: 'agent', id: 'nova' }, replyModeOverride: null, requiresAction: false },
      effects: { run: true, boundary: true, fence: true },
    });
  });
});

describe('a new conversation', () => {
  it('begins under the intake agent, or with the team where there is none', () => {
    expect(begin('nova', 'care')).toMatchObject({ agentId: 'nova', controller: { kind: 'agent', id: 'nova' }, departmentId: 'care' });
    expect(begin(null, null)).toMatchObject({ agentId: null, controller: { kind: 'human', id: null } });
  });
});
