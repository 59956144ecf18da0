/** Words round a mail of HTML. */
import { plural } from '../plural.ts';

const count = plural('en');

export const mail = {
  frame: 'Email',
  blocked: (n: number, shown: string) => count(n, { one: '1 remote image blocked', other: `${shown} remote images blocked` }),
  showImages: 'Show once',
  showAlways: 'Always from this sender',
  always: 'Images from this sender are always shown.',
  askAgain: 'Ask each time',
  notKept: 'The choice was not saved.',
  dropped: {
    too_large: 'The formatted version is not shown: it is too large. This is its text.',
    too_heavy: 'The formatted version is not shown: preparing it took too long or too much memory. This is its text.',
  },
  original: 'Download the original',
  earlier: 'Show earlier messages',
  hideEarlier: 'Hide earlier messages',
  asText: 'Show as text',
  asSent: 'Show as it was sent',
};
