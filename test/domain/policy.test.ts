import { describe, expect, it } from 'vitest';
import { agentInControl, mayAgentReply, standingPolicy } from '../../server/domain/policy.ts';
import type { SpeakingState } from '../../server/domain/policy.ts';

/** Every value that each part may have; the table is their product. */
const VALUES: { [K in keyof SpeakingState]: readonly SpeakingState[K][] } = {
  replyMode: ['auto_send', 'controlled', 'auto_draft', 'off'],
  controller: ['agent', 'human'],
  handedOff: [false, true],
  contactPaused: [false, true],
  agentActive: [true, false],
  accountActive: [true, false],
  status: ['open', 'closed', 'archived'],
  mentioned: [false, true],
  classifier: ['reply', 'quiet', 'off'],
  intentAllowed: [true, false],
  risk: ['low', 'medium', 'high'],
};

const table = Object.entries(VALUES).reduce<Partial<SpeakingState>[]>(
  (rows, [key, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [key]: value }))),
  [{}],
) as SpeakingState[];

/** The same promise once more, written as a list: what stands higher wins, and each row says what it needs. */
const PRECEDENCE: readonly { when: Partial<SpeakingState>; verdict: string; reason: string }[] = [
  { when: { contactPaused: true }, verdict: 'blocked', reason: 'contact_paused' },
  { when: { handedOff: true }, verdict: 'blocked', reason: 'handed_off' },
  { when: { controller: 'human' }, verdict: 'blocked', reason: 'human_in_control' },
  { when: { replyMode: 'off' }, verdict: 'blocked', reason: 'reply_mode_off' },
  { when: { accountActive: false }, verdict: 'blocked', reason: 'account_inactive' },
  { when: { agentActive: false }, verdict: 'blocked', reason: 'agent_inactive' },
  { when: { status: 'closed' }, verdict: 'blocked', reason: 'conversation_closed' },
  { when: { status: 'archived' }, verdict: 'blocked', reason: 'conversation_closed' },
  { when: { intentAllowed: false }, verdict: 'blocked', reason: 'intent_not_enabled' },
  { when: { classifier: 'quiet', mentioned: false }, verdict: 'quiet', reason: 'classifier_quiet' },
  { when: { replyMode: 'auto_send' }, verdict: 'send', reason: 'sends_by_itself' },
  { when: { replyMode: 'controlled', risk: 'low' }, verdict: 'send', reason: 'low_risk' },
  { when: { replyMode: 'controlled', risk: 'medium' }, verdict: 'stage', reason: 'risky' },
  { when: { replyMode: 'controlled', risk: 'high' }, verdict: 'stage', reason: 'risky' },
  { when: { replyMode: 'auto_draft' }, verdict: 'stage', reason: 'drafts_for_approval' },
];

const holds = (state: SpeakingState, when: Partial<SpeakingState>): boolean =>
  Object.entries(when).every(([key, value]) => state[key as keyof SpeakingState] === value);
const expected = (state: SpeakingState) => {
  const row = PRECEDENCE.find(({ when }) => holds(state, when));
  return row && { verdict: row.verdict, reason: row.reason };
};

describe('mayAgentReply', () => {
  it(`says what the list of precedence says in all ${table.length} combinations`, () => {
    const wrong = table.filter((state) => JSON.stringify(mayAgentReply(state)) !== JSON.stringify(expected(state)));
    expect(table).toHaveLength(4 * 2 * 2 * 2 * 2 * 2 * 3 * 2 * 3 * 2 * 3);
    expect(wrong).toEqual([]);
  });

  it('lets a mention pass the classifier and nothing else', () => {
    for (const state of table.filter((row) => !row.mentioned)) {
      const [plain, addressed] = [mayAgentReply(state), mayAgentReply({ ...state, mentioned: true })];
      if (plain.verdict === 'quiet') expect(addressed).toEqual(mayAgentReply({ ...state, classifier: 'reply' }));
      else expect(addressed).toEqual(plain);
    }
  });

  it('never sends where any one thing forbids it', () => {
    for (const state of table.filter((row) => mayAgentReply(row).verdict === 'send')) {
      for (const forbids of PRECEDENCE.filter((row) => row.verdict === 'blocked')) {
        expect(mayAgentReply({ ...state, ...forbids.when }).verdict).toBe('blocked');
      }
    }
  });
});

describe('an agent is in control', () => {
  it('exactly when controller, mode, handoff, pause, agent, account and status let it send by itself', () => {
    for (const state of table) {
      const could =
        state.controller === 'agent' &&
        (state.replyMode === 'auto_send' || state.replyMode === 'controlled') &&
        !state.handedOff &&
        !state.contactPaused &&
        state.agentActive &&
        state.accountActive &&
        state.status === 'open';
      expect(agentInControl(state)).toBe(could);
      expect(standingPolicy(state).verdict).not.toBe('quiet');
    }
  });
});
