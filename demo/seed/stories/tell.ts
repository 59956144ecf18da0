import type { Channel } from '../../../server/contract/common.ts';
import type { AgentKey } from '../cast.ts';
import type { ContactKey } from '../contacts.ts';
import type { Story } from '../story.ts';

/** Begins the story of a conversation. */
export type Tell = (who: ContactKey, channel: Channel, options?: { subject?: string; begunBy?: AgentKey }) => Story;
