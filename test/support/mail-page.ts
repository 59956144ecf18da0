/** An open thread of mails: a letter with copies, and the customer and the account that it is between. */
import { contact, openThread, type Opened } from './thread-page.ts';
import { ana, ben, id as newId, message, restartSeq, taken } from './thread-world.ts';

/** The customer's address, at which the conversation is. */
export const mailId = newId();
const identity = (channel: 'email' | 'sms' | 'chat', handle: string, id = newId()) => ({ id, channel, handle, optedOutAt: null });
/** The customer: reached by mail, and by SMS too. */
export const correspondent = { ...contact, identities: [identity('email', 'marta@casaoliveira.example', mailId), identity('sms', '+351912555016')] };
const account = { id: newId(), channel: 'email', name: 'Help', address: 'Help@morrow.example' };

/** Opens it on the page. */
export function openMail(): Promise<Opened> {
  restartSeq();
  return openThread(
    taken({ channel: 'email', identityId: mailId, subject: 'Damaged delivery', lastInboundSeq: 1 }),
    [
      message({
        channel: 'email',
        subject: 'Damaged delivery',
        text: 'It came broken.\nWhat now?',
        cc: [
          { handle: 'studio@bassi.example', name: 'Studio Bassi' },
          { handle: 'help@morrow.example', name: null },
          { handle: 'marta@casaoliveira.example', name: null },
        ],
      }),
    ],
    {
      contacts: [correspondent],
      lists: {
        'channel-accounts': [account],
        operators: [
          { ...ana, active: true },
          { ...ben, active: true },
        ],
      } as never,
    },
  );
}
