import { describe, expect, it } from 'vitest';
import { checks } from '../../server/domain/checks.ts';
import type { CheckedAccount, CheckedAgent, CheckFacts } from '../../server/domain/checks.ts';

const at = new Date('2026-11-20T08:00:00.000Z');
const none = { count: 0, since: null };
const sol: CheckedAgent = { id: 'a1', name: 'Sol', active: true, replyMode: 'auto_send', limitReached: false };
const text: CheckedAccount = {
  id: 'c1',
  name: 'Text',
  channel: 'sms',
  active: true,
  agentId: sol.id,
  lastReceivedAt: at,
  lastError: null,
  lastErrorAt: null,
  lastErrorFrom: null,
  missing: [],
};
const well: CheckFacts = {
  workers: 2,
  publicUrl: 'https://inbox.example.com',
  accounts: [text],
  agents: [sol],
  model: { builtin: false, name: 'a-model', outage: null },
  articles: 0,
  runsLate: none,
  messagesLate: none,
  messagesInDoubt: none,
  draftsWaiting: none,
  peopleWaiting: none,
  contactsPaused: none,
};
/** What is found beside what is good. */
const wrong = (change: Partial<CheckFacts>): string[] =>
  checks({ ...well, ...change })
    .filter(({ state }) => state !== 'good')
    .map(({ name, about, state, subject }) => `${about} ${state} ${name}${subject ? ` ${subject.name}` : ''}`);

describe('the checks', () => {
  it('find nothing wrong where all is well, and say what they looked at', () => {
    expect(wrong({})).toEqual([]);
    expect(checks(well).map(({ name }) => name)).toEqual(['workers', 'public_address', 'accounts', 'model', 'agents']);
  });

  it.each<[string, Partial<CheckFacts>, string[]]>([
    ['nobody works', { workers: 0 }, ['arriving bad workers']],
    ['providers are told an address of this machine', { publicUrl: 'http://localhost:4400' }, ['arriving look public_address']],
    ['providers are told an address of the own network', { publicUrl: 'http://10.0.0.5' }, ['arriving look public_address']],
    ['only the chat is used, on this machine', { publicUrl: 'http://localhost:4400', accounts: [{ ...text, channel: 'chat' }] }, []],
    ['there is no account', { accounts: [] }, ['arriving bad accounts']],
    ['an account is inactive', { accounts: [{ ...text, active: false, lastError: 'old' }] }, ['arriving look account_inactive Text']],
    ['an account is not filled in', { accounts: [{ ...text, missing: ['credentials.authToken'] }] }, ['arriving bad account_incomplete Text']],
    ['an account cannot receive', { accounts: [{ ...text, lastError: 'wrong signature', lastErrorFrom: 'receiving' }] }, ['arriving bad account_failing Text']],
    ['an account cannot send', { accounts: [{ ...text, lastError: 'refused', lastErrorFrom: 'sending' }] }, ['answering bad account_failing Text']],
    ['an account never received', { accounts: [{ ...text, lastReceivedAt: null }] }, ['arriving look account_silent Text']],
    ['an account has no agent', { accounts: [{ ...text, agentId: null }] }, ['answering look no_intake Text']],
    ['an account of calls has no agent', { accounts: [{ ...text, channel: 'voice', agentId: null }] }, []],
    ['the agent of an account is inactive', { agents: [{ ...sol, active: false }] }, ['answering bad agents', 'answering bad intake_inactive Text']],
    ['an agent is off', { agents: [{ ...sol, replyMode: 'off' }] }, ['answering look mode_off Sol']],
    ['an agent has used its tokens', { agents: [{ ...sol, limitReached: true }] }, ['answering bad token_limit Sol']],
    ['the model is down', { model: { builtin: false, name: 'a-model', outage: { since: at, reason: '503' } } }, ['answering bad model_down']],
    ['the built-in model has nothing to answer from', { model: { builtin: true, name: 'built-in', outage: null } }, ['answering bad no_articles']],
    [
      'runs are late and people are waited for',
      { runsLate: { count: 3, since: at }, peopleWaiting: { count: 1, since: at } },
      ['answering bad runs_late', 'answering look people_waiting'],
    ],
  ])('say so where %s', (_, change, expected) => {
    expect(wrong(change)).toEqual(expected);
  });
});
