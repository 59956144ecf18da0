/** Words of a telephone call in a conversation. */
export const call = {
  live: 'In progress',
  ended: 'Call',
  length: (length: string) => `Call, ${length}`,
  transcript: 'Transcript',
  recording: 'Play the recording',
  note: 'Call note',
  all: (n: string) => `Show all ${n} lines`,
  less: 'Show less',
  none: 'Nothing has been said yet',
};
