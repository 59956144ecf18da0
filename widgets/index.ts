/** Every element of the operators' side; importing this registers them. A provider comes first, so that the others find it. */
import { onDemand } from './ui/on-demand.ts';

export { ConvProvider } from './elements/conv-provider.ts';
export { ConvInbox } from './elements/conv-inbox.ts';
export { ConvPool } from './elements/conv-pool.ts';
export { ConvThread } from './elements/conv-thread.ts';
export { ConvDetails } from './elements/conv-details.ts';
export type { DraftReview } from './elements/draft-review.ts';
export type { HandoffBanner } from './elements/handoff-banner.ts';
export type { ConvDrafts } from './elements/conv-drafts.ts';
export type { ConvTickets } from './elements/conv-tickets.ts';
export type { ConvSettings } from './elements/conv-settings.ts';
export type { ConvReport } from './elements/conv-report.ts';
export type { ConvEvents } from './elements/events.ts';
export { registerLocale, type LocaleTexts } from './locales/own.ts';

/** Fetches an element that stands where this cannot see it, such as in a shadow root of the page's own. */
export const load: (tag: string) => Promise<void> = onDemand({
  'draft-review': () => import('./elements/draft-review.ts'),
  'handoff-banner': () => import('./elements/handoff-banner.ts'),
  'conv-drafts': () => import('./elements/conv-drafts.ts'),
  'conv-tickets': () => import('./elements/conv-tickets.ts'),
  'conv-settings': () => import('./elements/conv-settings.ts'),
  'conv-report': () => import('./elements/conv-report.ts'),
});
