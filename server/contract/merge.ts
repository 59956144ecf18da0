import { z } from 'zod';
import { Channel, Id, Person, Priority, ReplyMode, TagRef } from './common.ts';
import { Conversation, Handoff } from './conversation.ts';
import { endpoint } from './endpoint.ts';

const one = '/v1/conversations/:id' as const;

/** Where a conversation goes. `mergeContacts`: two contacts are one person, and become one. */
const MergeConversation = z.strictObject({ intoId: Id, mergeContacts: z.boolean().default(false) });

/** The target, with the id by which the merge can be taken back. */
export const Merged = Conversation.extend({ mergeId: Id });
export type Merged = z.infer<typeof Merged>;

/** The two that are parted again: the one that had gone into the other, and that other. */
export const Parted = z.object({ conversation: Conversation, into: Conversation });
export type Parted = z.infer<typeof Parted>;

/** What a merge would come to, said before it happens. */
export const MergePreview = z.object({
  /** What comes along, of the conversation that goes into the other. */
  messages: z.number().int(),
  notes: z.number().int(),
  draft: z.boolean(),
  tickets: z.array(z.number().int()),
  tags: z.array(TagRef),
  /** What holds in the target then. */
  controller: z.object({ kind: z.enum(['agent', 'human']), name: z.string().nullable() }),
  assignee: Person.nullable(),
  replyMode: ReplyMode,
  priority: Priority,
  handoff: Handoff.shape.trigger.nullable(),
  /** Two contacts: the handles that go to the target's. */
  contacts: z
    .object({ from: z.string(), into: z.string(), handles: z.array(z.object({ channel: Channel, handle: z.string() })), paused: z.boolean() })
    .nullable(),
});
export type MergePreview = z.infer<typeof MergePreview>;

export const mergeEndpoints = {
  merge: endpoint({
    method: 'post',
    path: `${one}/merge`,
    audience: 'operator',
    summary: 'Put a conversation into another',
    body: MergeConversation,
    status: 200,
    response: Merged,
    idempotent: true,
    errors: ['already_merged'],
  }),
  previewMerge: endpoint({
    method: 'get',
    path: `${one}/merge`,
    audience: 'operator',
    summary: 'What putting a conversation into another would come to',
    query: z.object({ intoId: Id }),
    status: 200,
    response: MergePreview,
    errors: ['already_merged'],
  }),
  undoMerge: endpoint({
    method: 'post',
    path: '/v1/merges/:id/undo',
    audience: 'operator',
    summary: 'Part two conversations that were merged',
    status: 200,
    response: Parted,
    idempotent: true,
    errors: ['already_merged', 'already_undone'],
  }),
};
