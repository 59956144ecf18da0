import type { Channel } from '../../server/contract/common.ts';
import type { Contact } from '../../server/contract/contact.ts';
import type { MessageTemplate } from '../../server/contract/message.ts';
import type { ChannelAccount, ChannelKind } from '../../server/contract/settings.ts';
import type { begin } from '../locales/en/begin.ts';
import type { composing } from '../locales/en/composing.ts';
import type { Beginning } from '../store/begin.ts';
import type { ApiProblem } from '../store/problem.ts';
import { emptyUnsent, type Unsent } from '../store/state.ts';
import type { Spoken } from '../ui/words.ts';
import { bodyOf, tooLong } from './composer-send.ts';
import { canSend } from './composer-silent.ts';
import type { Filled } from './composer-templates.ts';
import { addressOf } from './mail-copies.ts';

/** Whom it is begun with: a contact, at one of its addresses or at one that it gets; or somebody new at an address. */
export interface Recipient {
  readonly contact?: Pick<Contact, 'id' | 'name' | 'email' | 'phone' | 'identities'>;
  /** The address on the channel; none where it still has to be typed, and in chats, where nobody types one. */
  readonly handle?: string;
}

export interface BeginForm {
  readonly accountId?: string;
  readonly to?: Recipient;
  /** What was typed to find somebody, or as an address. */
  readonly typed: string;
  /** Of somebody new. */
  readonly name: string;
  readonly way: 'free' | 'template';
  readonly unsent: Unsent;
}

export const emptyForm: BeginForm = { typed: '', name: '', way: 'template', unsent: emptyUnsent };

/** The fields that something can be wrong with. */
export type BeginField = 'account' | 'to' | 'subject' | 'copies' | 'text' | 'files';
export interface BeginRefusal {
  readonly field?: BeginField;
  readonly text: string;
}

/** What reaches somebody on a channel: `known` where only who has written there before can be reached. */
export type Reach = 'email' | 'phone' | 'other' | 'known';
const reaches: Partial<Record<Channel, Reach>> = { email: 'email', sms: 'phone', whatsapp: 'phone', chat: 'known', instagram: 'known' };
export const reachOf = (channel: Channel): Reach => reaches[channel] ?? 'other';

/** An address on a channel as it was typed, without what people write between digits; undefined for what is none there. */
export function addressOn(channel: Channel, typed: string): string | undefined {
  const reach = reachOf(channel);
  if (reach === 'known') return undefined;
  if (reach === 'email') return addressOf(typed)?.handle;
  if (reach === 'other') return typed.trim() || undefined;
  const number = typed.replace(/[\s().\u2010-\u2015\u202a-\u202e\u2066-\u2069-]/gu, '').replace(/^00/, '+');
  return /^\+?\d{3,15}$/.test(number) ? number : undefined;
}

/** The address of a contact on a channel, one that takes messages before one that wants none. */
export function identityOn(contact: Recipient['contact'], channel: Channel): Contact['identities'][number] | undefined {
  const there = contact?.identities.filter((one) => one.channel === channel) ?? [];
  return there.find(({ optedOutAt }) => !optedOutAt) ?? there[0];
}

/** The same person on another channel: a contact at its address there, somebody new where the address is one there too. */
export function recipientOn(to: Recipient | undefined, channel: Channel): Recipient | undefined {
  if (to?.contact) return { contact: to.contact, handle: identityOn(to.contact, channel)?.handle };
  const handle = to?.handle === undefined ? undefined : addressOn(channel, to.handle);
  return handle === undefined ? undefined : { handle };
}

/** The accounts that something can be sent from. @param kinds what each kind of channel does, where that could be read */
export function sendingAccounts(accounts: readonly ChannelAccount[], kinds: readonly ChannelKind[] | undefined): ChannelAccount[] {
  return accounts.filter(
    ({ active, channel }) => active && (kinds ? kinds.some(({ kind, delivery }) => kind === channel && delivery !== 'none') : canSend(channel)),
  );
}

/** The one that was chosen; else one on which new people can be reached, by mail before any other. */
export function accountFor(accounts: readonly ChannelAccount[], chosen: string | undefined): ChannelAccount | undefined {
  return (
    accounts.find(({ id }) => id === chosen) ??
    accounts.find(({ channel }) => channel === 'email') ??
    accounts.find(({ channel }) => reachOf(channel) !== 'known') ??
    accounts[0]
  );
}

/** The templates that an account may send, as they stand in its settings. */
export function templatesOf({ settings }: Pick<ChannelAccount, 'settings'>): MessageTemplate[] {
  const given = Array.isArray(settings['templates']) ? (settings['templates'] as Omit<MessageTemplate, 'parameters'>[]) : [];
  return given.map((one) => ({ ...one, parameters: Math.max(0, ...[...one.body.matchAll(/\{\{\s*(\d+)\s*\}\}/g)].map(([, nth]) => Number(nth))) }));
}

/** Whether anything was written that would be missed. */
export const isWritten = ({ unsent: { reply, subject, files } }: BeginForm): boolean =>
  reply.trim() !== '' || Boolean(subject?.trim()) || (files?.length ?? 0) > 0;

const noAim = { identityId: '', subject: '', cc: [] };

/** The request, given a template or what was written. */
export function beginningOf(form: BeginForm, account: ChannelAccount, template: Filled | undefined, words: Spoken<typeof composing>): Beginning {
  const { channel, id: channelAccountId } = account;
  const { contact, handle } = form.to ?? {};
  const whom = contact
    ? { contactId: contact.id, ...(handle !== undefined && channel !== 'chat' ? { handle } : {}) }
    : { contact: { handle: handle ?? '', ...(form.name.trim() ? { name: form.name.trim() } : {}) } };
  if (template) return { channelAccountId, ...whom, ...template };
  return { channelAccountId, ...whom, ...bodyOf({ identityId: '' }, form.unsent, { ...noAim, channel }, { id: '', channel }, words) };
}

/** What is still missing before it can be sent. */
export function missing(form: BeginForm, channel: Channel, template: boolean, { t }: Spoken<typeof begin>): BeginRefusal | undefined {
  const { to, unsent } = form;
  if (!to || (to.handle === undefined && channel !== 'chat')) return { field: 'to', text: t.needsAddress[reachOf(channel)] };
  if (!template && unsent.reply.trim() === '' && !unsent.files?.length) return { field: 'text', text: t.needsText };
  return !template && tooLong(unsent, channel === 'email') > 0 ? { field: 'text', text: t.failed } : undefined;
}

const places: readonly [RegExp, BeginField][] = [
  [/^(handle|contact)/, 'to'],
  [/^channelAccountId/, 'account'],
  [/^subject/, 'subject'],
  [/^(cc|bcc)/, 'copies'],
  [/^(text|html|template)/, 'text'],
  [/^attachment/, 'files'],
];

/** Why it was refused, at the field that it is about. */
export function refusalOf(problem: ApiProblem, { t, tag }: Spoken<typeof begin>): BeginRefusal {
  if (problem.unanswered) return { text: t.unanswered };
  const path = problem.errors[0]?.path ?? /^(\w+): /.exec(problem.detail)?.[1] ?? '';
  const field = places.find(([about]) => about.test(path))?.[1];
  // The server speaks English; elsewhere the field says enough.
  const detail = tag.startsWith('en') ? (problem.errors[0]?.message ?? problem.detail.replace(/^\w+: /, '')) : '';
  if (path === 'handle' && /another contact/.test(problem.detail)) return { field: 'to', text: t.taken };
  if (problem.code === 'channel_cannot_send') return { field, text: `${t.cannotSend} ${detail}`.trim() };
  return { field, text: detail ? `${t.failed} ${detail}` : t.failed };
}
