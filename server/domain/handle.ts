import type { Channel } from '../contract/common.ts';

/** Channels on which a handle is a telephone number. */
export const isTelephone = (channel: Channel): boolean => channel === 'sms' || channel === 'whatsapp' || channel === 'voice';

/**
 * A handle as providers name it, so that what a person typed and what a customer's answer comes from are one: mail
 * addresses in lower case, telephone numbers in E.164 without the spaces and signs that people write.
 * @returns null for what is no address on that channel
 */
export function handleOn(channel: Channel, typed: string): string | null {
  const handle = typed.trim();
  if (channel === 'email') return /^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(handle) ? handle.toLowerCase() : null;
  if (!isTelephone(channel)) return handle || null;
  const number = handle.replace(/[\s().\u2010-\u2015\u202a-\u202e\u2066-\u2069-]/gu, '').replace(/^00/, '+');
  return /^\+?\d{3,15}$/.test(number) ? number : null;
}
