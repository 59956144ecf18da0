/** What the channels make of a customer and its messages: the handle, the number of a message, and how far one comes. */
import { createHash } from 'node:crypto';
import type { Channel } from '../../server/contract/common.ts';
import type { Customer } from './cast.ts';

/** How far a message has come on each channel, once it has gone out. */
export const arrived: Record<Channel, string> = {
  chat: 'read',
  email: 'delivered',
  sms: 'delivered',
  whatsapp: 'read',
  instagram: 'read',
  voice: 'failed',
  linkedin: 'failed',
  custom: 'delivered',
};

/** The handle by which a customer is reached on a channel. */
export function identityOf(customer: Customer, channel: Channel): string {
  const id = customer.identities.get(channel);
  if (!id) throw new Error(`${customer.name} has no handle on ${channel}`);
  return id;
}

/** As the provider of a channel would number its messages; chat has none. */
export function externalId(channel: Channel, id: string): string | null {
  const hash = createHash('sha256').update(id).digest('hex');
  switch (channel) {
    case 'chat':
      return null;
    case 'email':
      return `${id}@mail.example`;
    case 'sms':
      return `SM${hash.slice(0, 32)}`;
    case 'whatsapp':
      return `wamid.${hash.slice(0, 32)}`;
    case 'instagram':
      return `mid.${hash.slice(0, 32)}`;
    default:
      return `${channel}-${hash.slice(0, 20)}`;
  }
}
