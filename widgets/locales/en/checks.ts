import { common } from './common.ts';
import { plural } from '../plural.ts';

const count = plural('en');

/** What is found when conversations do not appear or agents do not answer, and what to do about it. */
export const checks = {
  common,
  title: 'Checks',
  lead: 'What keeps conversations from appearing, and agents from answering.',
  again: 'Check again',
  at: (when: string) => `Checked ${when}`,
  arriving: 'Conversations do not appear',
  answering: 'Agents do not answer',
  one: 'Why an agent stayed quiet in one conversation stands in its thread, in the line after the customer’s message.',
  fine: 'Nothing is wrong here.',
  open: 'Open',
  says: {
    workers: (n: number, said: string) =>
      n === 0 ? 'No process does the work' : count(n, { one: `${said} process does the work`, other: `${said} processes do the work` }),
    public_address: (address: string) => `Providers reach this server at ${address}`,
    accounts: (n: number, said: string) =>
      n === 0
        ? 'No channel account is without a finding'
        : count(n, { one: `${said} channel account without a finding`, other: `${said} channel accounts without a finding` }),
    account_inactive: (name: string) => `${name} is inactive`,
    account_incomplete: (name: string) => `${name} is not filled in`,
    account_failing: (name: string, since: string) => `${name} has failed since ${since}`,
    account_silent: (name: string) => `${name} has not received anything yet`,
    model: (name: string) => (name === '' ? 'The built-in model answers' : `${name} answers`),
    model_down: (since: string) => `The model has not answered since ${since}`,
    agents: (n: number, said: string) => (n === 0 ? 'No agent is active' : count(n, { one: `${said} agent is active`, other: `${said} agents are active` })),
    no_intake: (name: string) => `${name} has no agent`,
    intake_inactive: (name: string, agent: string) => `${agent}, who takes in ${name}, is inactive`,
    mode_off: (name: string) => `${name} has reply mode Off`,
    token_limit: (name: string) => `${name} has used today’s tokens`,
    no_articles: 'There are no articles to answer from',
    runs_late: (n: number, said: string, since: string) =>
      count(n, {
        one: `${said} conversation has waited for its agent since ${since}`,
        other: `${said} conversations wait for their agents, the first since ${since}`,
      }),
    messages_late: (n: number, said: string, since: string) =>
      count(n, { one: `${said} message has waited to be sent since ${since}`, other: `${said} messages wait to be sent, the first since ${since}` }),
    messages_in_doubt: (n: number, said: string) =>
      count(n, {
        one: `In ${said} conversation nobody knows whether a message went out`,
        other: `In ${said} conversations nobody knows whether a message went out`,
      }),
    drafts_waiting: (n: number, said: string, since: string) =>
      count(n, { one: `${said} draft has waited for approval since ${since}`, other: `${said} drafts wait for approval, the first since ${since}` }),
    people_waiting: (n: number, said: string, since: string) =>
      count(n, {
        one: `${said} conversation has waited for a person since ${since}`,
        other: `${said} conversations wait for a person, the first since ${since}`,
      }),
    contacts_paused: (n: number, said: string) => count(n, { one: `AI is paused for ${said} contact`, other: `AI is paused for ${said} contacts` }),
  },
  help: {
    workers: 'Start one with ROLE=worker or ROLE=both. Until then nothing is answered or sent.',
    public_address: 'Only your own network finds this address. Set PUBLIC_URL to the one that the internet reaches.',
    accounts: 'Make one under Channel accounts, and give its webhook address to your provider.',
    account_inactive: 'It takes messages in, but nothing is answered or sent through it.',
    account_incomplete: 'Fill in what is missing.',
    account_failing: 'What the provider said. The account has what had been received, and a test.',
    account_silent: 'Check that its provider has the webhook address and the secret of this account.',
    model: '',
    model_down: 'Conversations go to people until it is back. It is asked again by itself.',
    agents: 'Activate one, or people answer everything.',
    no_intake: 'New conversations begin with your team. Choose an agent if one should answer.',
    intake_inactive: 'Activate the agent, or choose another for the account.',
    mode_off: 'It answers nothing by itself. Choose another reply mode if it should.',
    token_limit: 'It goes on tomorrow (UTC), or at once with a higher limit.',
    no_articles: 'The built-in model answers only from articles. Write some, or set up a model.',
    runs_late: 'If this goes on, look at the server’s log and at how many processes do the work.',
    messages_late: 'If this goes on, look at the account that they go through, and at the server’s log.',
    messages_in_doubt: 'Look in the conversation whether it arrived, and send it again there if not.',
    drafts_waiting: 'Approve, edit or reject them under Drafts.',
    people_waiting: 'Agents do not answer there until somebody resumes or transfers to AI.',
    contacts_paused: 'No agent answers them, in any conversation, until somebody resumes it.',
  },
};
