import { z } from 'zod';
import { Id, Time } from './common.ts';
import { endpoint } from './endpoint.ts';

/** An operator who has a conversation open, since when. */
export const Viewer = z.object({ operatorId: Id, name: z.string(), conversationId: Id, since: Time });
export type Viewer = z.infer<typeof Viewer>;

/** A page says every few seconds what it shows; without conversations it shows none any more. */
const Shows = z.strictObject({
  /** Names the page. */
  viewerId: z.uuid(),
  conversationIds: z.array(z.uuid()).max(20),
});

export const presenceEndpoints = {
  presence: endpoint({
    method: 'post',
    path: '/v1/presence',
    audience: 'operator',
    summary: 'Say which conversations one has open, and learn who else has; lasts 7 s',
    body: Shows,
    status: 200,
    response: z.object({ items: z.array(Viewer) }),
  }),
};
