/** Words of the search. */
export const search = {
  narrow: 'Narrow the search',
  operators: {
    from: 'who wrote it',
    channel: 'on which channel',
    tag: 'of conversations with a tag',
    before: 'earlier than a day',
    after: 'on a day or later',
  },
  days: { today: 'Today', week: 'A week ago', month: 'A month ago', year: 'A year ago' },
  kind: { contact: 'Contact', subject: 'Subject' },
  lookingBack: 'Still looking further back',
  busy: 'Many people are searching at the moment',
  busyText: 'It tries again by itself. The inbox works as ever.',
  find: 'Find in the conversation',
  place: (at: string, all: string) => `${at} of ${all}`,
  none: 'Nothing of it stands here any more',
  failed: 'The search did not answer.',
  previous: 'Previous',
  next: 'Next',
  close: 'End the search here',
};
