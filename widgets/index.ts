/** Every element of the operators' side; importing this registers them. A provider comes first, so that the others find it. */
export { ConvProvider } from './elements/conv-provider.ts';
export { ConvInbox } from './elements/conv-inbox.ts';
export { ConvPool } from './elements/conv-pool.ts';
export { ConvThread } from './elements/conv-thread.ts';
export { ConvDetails } from './elements/conv-details.ts';
export { DraftReview } from './elements/draft-review.ts';
export { HandoffBanner } from './elements/handoff-banner.ts';
