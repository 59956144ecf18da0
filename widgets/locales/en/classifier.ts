import { plural } from '../plural.ts';
import { common } from './common.ts';
import { shared } from './shared.ts';

const count = plural('en');

/** What the classifier would decide, and what people say of what it decided. */
export const classifier = {
  common,
  shared,
  precedence: 'The first card that fits decides, then the instruction, then the model.',
  line: {
    replyAnyway: 'Reply anyway',
    shouldQuiet: 'Should have stayed quiet',
    group: 'Correct this decision',
    replying: (agent: string) => `${agent} answers after all`,
    noted: 'Noted for the reports',
    undone: 'Taken back',
    makeCard: 'Make it a card',
    said: {
      reply_anyway: (who: string) => `${who} wanted an answer`,
      should_have_stayed_quiet: (who: string) => `${who} says it should have stayed quiet`,
    },
    refused: {
      newer_message: 'Something newer has come since.',
      agent_may_not_reply: 'The agent may not answer here: people have the conversation, or it is closed.',
      contact_paused: 'AI is paused for this contact. Resume it first.',
      agent_inactive: 'The agent is not active.',
      reply_mode_off: 'The reply mode is off.',
      no_agent: 'The conversation has no agent.',
      other: 'This could not be done. Try again.',
    },
  },
  card: {
    title: 'New card: whether to answer',
    lead: 'A rule in plain words that decides messages like this one.',
    text: 'Rule',
    name: 'Title',
    where: 'Where it holds',
    onlyAgent: (agent: string) => `Only for ${agent}`,
    onlyChannel: (channel: string) => `Only on ${channel}`,
    save: 'Save and use',
    saved: 'The card holds from now on, before all others',
    needed: 'Write the rule.',
    failed: 'The card could not be saved. Try again.',
    none: 'No rule in plain words would have decided this one.',
  },
  whatIf: {
    title: 'If you saved this',
    lead: (n: number, shown: string) =>
      count(n, { one: 'The last message, decided once more. Nothing is sent.', other: `The last ${shown} messages, decided once more. Nothing is sent.` }),
    run: 'Run',
    again: 'Run again',
    stop: 'Cancel',
    deciding: 'Deciding',
    now: 'Now',
    after: 'Then',
    answered: (shown: string) => `${shown} answered`,
    quiet: (shown: string) => `${shown} quiet`,
    filter: 'Which changes are shown',
    change: (n: number, shown: string) => count(n, { one: '1 changes', other: `${shown} change` }),
    goQuiet: (n: number, shown: string) => count(n, { one: '1 goes quiet', other: `${shown} go quiet` }),
    getAnswer: (n: number, shown: string) => count(n, { one: '1 gets an answer', other: `${shown} get an answer` }),
    wasAnswered: 'answered',
    wasQuiet: 'quiet',
    same: 'Nothing would change',
    sameText: 'Each of these messages would be decided as it is now.',
    nothing: 'No messages yet',
    nothingText: 'As soon as customers have written to this agent, you can try changes on what they wrote.',
    failed: 'The messages could not be decided',
    stopped: 'Cancelled. Nothing was changed.',
    stale: 'Changed since it ran',
    saved: 'Change the instruction or a card to see what would be decided otherwise.',
    instruction: 'Your instruction',
    model: 'The model',
    free: 'The built-in model decides; this costs nothing.',
    cost: (n: number, calls: string, tokens: string) =>
      count(n, { one: `${calls} call of the model, tokens: ${tokens}`, other: `${calls} calls of the model, tokens: ${tokens}` }),
    would: (n: number, shown: string, of: string) =>
      count(n, { one: `1 of the last ${of} messages would be decided otherwise`, other: `${shown} of the last ${of} messages would be decided otherwise` }),
    wouldNone: (of: string) => `None of the last ${of} messages would be decided otherwise`,
    wrong: {
      question: 'Looks wrong: a question is asked',
      money: 'Looks wrong: a sum of money is mentioned',
      person: 'Looks wrong: somebody asks for a person',
      alarm: 'Looks wrong: it sounds urgent',
      nothing_asked: 'Looks wrong: nothing is asked',
    },
  },
};
