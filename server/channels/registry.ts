import { channelKinds, type Channel, type ChannelKind } from './channel.ts';
import { chat } from './chat.ts';
import { custom } from './custom.ts';
import { email } from './email/email.ts';
import { linkedin } from './linkedin.ts';
import { instagram } from './meta/instagram.ts';
import { whatsapp } from './meta/whatsapp.ts';
import { sms } from './sms.ts';
import { voice } from './voice.ts';

/** The one list of channels. A new channel is a new file and a line here. */
const all: Channel[] = [chat, email, sms, whatsapp, instagram, voice, linkedin, custom];

const byKind = new Map(all.map((channel) => [channel.kind, channel]));

/** Every channel, in the order in which `channelKinds` names them. */
export const channels: Channel[] = channelKinds.flatMap((kind) => byKind.get(kind) ?? []);

/** The channel of a kind. */
export function channelOf(kind: ChannelKind): Channel {
  const channel = byKind.get(kind);
  if (!channel) throw new Error(`There is no channel of kind ${kind}.`);
  return channel;
}
