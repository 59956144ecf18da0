import type { z } from 'zod';
import type { Role } from '../contract/common.ts';
import type { Scope } from '../contract/settings.ts';
import type { ActorRow } from '../db/conversation.ts';

/** A person of the team, by the host's token. */
export interface OperatorCaller {
  kind: 'operator';
  workspaceId: string;
  id: string;
  name: string;
  role: Role;
  /** As lines and messages keep who did something. */
  actor: ActorRow & { kind: 'operator'; id: string };
}

/** The host's back end, by an API key. */
export interface HostCaller {
  kind: 'host';
  workspaceId: string;
  /** Of the key. */
  id: string;
  name: string;
  scopes: z.infer<typeof Scope>[];
  actor: ActorRow & { kind: 'system' };
}

/** A customer in the chat, by the token of its session. */
export interface VisitorCaller {
  kind: 'visitor';
  workspaceId: string;
  /** Of the session. */
  id: string;
  identityId: string;
  contactId: string;
  contactName: string;
  /** The chat account through which it came. */
  accountId: string;
  /** Its handle on the channel, as messages name their sender. */
  handle: string;
}

export type Caller = OperatorCaller | HostCaller | VisitorCaller;
