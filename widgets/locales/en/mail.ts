/** Words round a mail of HTML. */
import { plural } from '../plural.ts';

const count = plural('en');

export const mail = {
  frame: 'Email',
  blocked: (n: number, shown: string) => count(n, { one: '1 remote image blocked', other: `${shown} remote images blocked` }),
  showImages: 'Show once',
  earlier: 'Show earlier messages',
  hideEarlier: 'Hide earlier messages',
  asText: 'Show as text',
  asSent: 'Show as it was sent',
};
