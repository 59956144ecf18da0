import type { Channel } from '../contract/common.ts';
import type { Claimed } from '../db/delivery.ts';
import type { Answer } from '../db/settle-delivery.ts';

/** Hands messages to providers; chat has none. */
export interface Messenger {
  /** Whether the provider takes an idempotency key, so that sending again after a doubt is safe. */
  isIdempotent(channel: Channel): boolean;
  /** Hands one message over, once. Never rejects. */
  send(workspaceId: string, message: Claimed, signal: AbortSignal): Promise<Answer>;
}
