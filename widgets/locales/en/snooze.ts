import { common } from './common.ts';

/** Putting a conversation off. */
export const snooze = {
  common,
  title: 'Put it off until',
  lead: 'It leaves the open conversations and comes back by itself. A message from the customer brings it back at once.',
  laterToday: 'Later today',
  tomorrow: 'Tomorrow morning',
  nextMonday: 'Next Monday',
  nextMessage: 'The next message',
  nextMessageHint: 'no time',
  pick: 'Another time',
  pickLabel: 'Date and time',
  past: 'That time is over already.',
  submit: 'Put off',
  done: (until: string) => `Put off until ${until}`,
  doneMessage: 'Put off until the next message',
  doneMany: (n: string) => `${n} put off`,
  back: 'Back among the open conversations',
  failed: 'This could not be done. Try again.',
};
