import { describe, expect, it } from 'vitest';
import { begin } from '../../server/domain/control.ts';
import type { ControlState } from '../../server/domain/control.ts';
import { restored, settleContacts, settleMerge, waitingAfter } from '../../server/domain/merge.ts';
import type { MergeSide } from '../../server/domain/merge.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 12, minute));
const side = (state: Partial<ControlState> = {}, more: Partial<MergeSide> = {}): MergeSide => ({
  state: { ...begin('nova', null), ...state },
  agentMode: 'auto_send',
  priority: 'normal',
  fallbackCount: 0,
  snooze: null,
  ...more,
});
const handoff = (minute: number, routeId: string | null = null) => ({ trigger: 'manual' as const, routeId, reason: null, at: at(minute) });
const human = (id: string | null) => ({ controller: { kind: 'human' as const, id }, assigneeId: id });

describe('two conversations that become one', () => {
  it('stay with the person who was in control of either, the target’s before the other’s', () => {
    expect(settleMerge(side(human('ana')), side()).state).toMatchObject(human('ana'));
    expect(settleMerge(side(), side(human('ben'))).state).toMatchObject(human('ben'));
    expect(settleMerge(side(human('ana')), side(human('ben'))).state).toMatchObject(human('ben'));
    expect(settleMerge(side(human('ana')), side(human(null))).state).toMatchObject(human('ana'));
    expect(settleMerge(side(), side()).state.controller).toEqual({ kind: 'agent', id: 'nova' });
  });

  it('go on with an open handoff, the older one where both had one, with whichever route was chosen', () => {
    expect(settleMerge(side({ ...human(null), handoff: handoff(5), departmentId: 'care' }), side({ departmentId: 'sales' })).state).toMatchObject({
      handoff: { at: at(5) },
      departmentId: 'care',
      controller: { kind: 'human' },
    });
    expect(settleMerge(side({ ...human(null), handoff: handoff(9, 'call') }), side({ ...human(null), handoff: handoff(5) })).state.handoff).toMatchObject({
      at: at(5),
      routeId: 'call',
    });
  });

  it('take the stricter reply mode, the higher priority and the longer wait', () => {
    expect(settleMerge(side({ replyModeOverride: 'off' }), side()).state.replyModeOverride).toBe('off');
    expect(settleMerge(side({}, { agentMode: 'auto_draft' }), side()).state.replyModeOverride).toBe('auto_draft');
    expect(settleMerge(side(), side()).state.replyModeOverride).toBeNull();
    expect(settleMerge(side({}, { priority: 'urgent' }), side({}, { priority: 'low' })).priority).toBe('urgent');
    expect(settleMerge(side({ waitingSince: at(3) }), side({ waitingSince: at(7) })).state.waitingSince).toEqual(at(3));
    expect(settleMerge(side({ waitingSince: at(3) }), side()).state.waitingSince).toEqual(at(3));
  });

  it('are open where either is, and put off only where both are', () => {
    expect(settleMerge(side(), side({ status: 'archived' })).state.status).toBe('open');
    expect(settleMerge(side({ status: 'archived' }), side({ status: 'closed' })).state.status).toBe('closed');
    expect(settleMerge(side({}, { snooze: { by: 'ana', until: at(9) } }), side()).snooze).toBeNull();
    expect(settleMerge(side({}, { snooze: { by: 'ana', until: at(9) } }), side({}, { snooze: { by: 'ben', until: null } })).snooze).toEqual({
      by: 'ben',
      until: at(9),
    });
  });

  it('of two contacts: the target’s word counts, and the other fills the gaps', () => {
    const nobody = { name: '', email: null, company: null, phone: null, language: null, timeZone: null, externalId: null, attributes: {} };
    expect(
      settleContacts(
        { ...nobody, name: 'Luca', email: 'l@x.example', attributes: { a: 1, b: 1 } },
        { ...nobody, name: '', phone: '+351', attributes: { b: 2 } },
      ),
    ).toMatchObject({ name: 'Luca', email: 'l@x.example', phone: '+351', attributes: { a: 1, b: 2 } });
  });
});

describe('two that are parted', () => {
  it('are as they were, but for what somebody changed since', () => {
    expect(restored('agent', 'human', 'human')).toBe('agent');
    expect(restored('agent', 'agent', 'human')).toBe('human');
    expect(restored(at(1), at(2), at(2))).toEqual(at(1));
  });

  it('wait for what came to them and was not answered there', () => {
    const came = { side: 'from', kind: 'inbound', at: at(5) } as const;
    expect(waitingAfter('from', null, at(5), [came])).toEqual(at(5));
    expect(waitingAfter('into', at(1), at(1), [came])).toEqual(at(1));
    expect(waitingAfter('from', null, null, [came, { side: 'from', kind: 'answer', at: at(6) }])).toBeNull();
    expect(waitingAfter('from', null, null, [came, { side: 'into', kind: 'answer', at: at(6) }])).toEqual(at(5));
    expect(waitingAfter('from', null, null, [came])).toBeNull();
  });
});
