import type { Channel } from '../../server/contract/common.ts';
import type { Identity } from '../../server/contract/contact.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { Aim, Copy, Unsent } from '../store/state.ts';

/** What a reply is made for: where it goes, and what of a mail comes from the one that it answers. */
export interface Around {
  readonly conversation: SharedConversation;
  readonly items: readonly Message[];
  readonly identities: readonly Identity[];
  /** Our own addresses: nobody has to send us a copy. */
  readonly own: ReadonlySet<string>;
}

/** Where a reply would go now, as long as nobody has begun to write one. */
export function aimOf({ conversation, items, identities, own }: Around): Aim {
  const { identityId, channel, subject } = conversation;
  const answered = items.findLast((item) => item.kind === 'message' && item.direction === 'inbound' && item.channel === 'email');
  const theirs = new Set(identities.filter((one) => one.channel === 'email').map(({ handle }) => handle.toLowerCase()));
  const named = subject?.trim() || answered?.subject?.trim() || '';
  return {
    identityId,
    channel,
    subject: named === '' || /^(re|aw|sv|antw|rif|رد)\s*(\[\d+\])?\s*[:：]/i.test(named) ? named : `Re: ${named}`,
    cc: (answered?.cc ?? []).filter(({ handle }) => !theirs.has(handle.toLowerCase()) && !own.has(handle.toLowerCase())).map(copyOf),
    ...(answered && answered.text.trim() !== '' ? { quoted: { name: answered.author.name, at: answered.createdAt, text: answered.text } } : {}),
  };
}

const copyOf = ({ handle, name }: NonNullable<Message['cc']>[number]): Copy => (name ? { handle, name: name.slice(0, 200) } : { handle });

/** The handle that a reply goes to, as chosen, as it was when the writing began, or that of the conversation. */
export interface Target {
  readonly id: string;
  readonly channel: Channel;
  readonly identity: Identity | undefined;
}

export function targetOf({ conversation, identities }: Around, { identityId, aim }: Unsent): Target {
  const id = identityId ?? aim?.identityId ?? conversation.identityId;
  const identity = identities.find((one) => one.id === id);
  return { id, identity, channel: identity?.channel ?? (id === aim?.identityId ? aim.channel : conversation.channel) };
}
