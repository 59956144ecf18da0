import type { draft as english } from '../en/draft.ts';
import type { Translated } from '../catalogue.ts';

export const draft: Translated<typeof english> = {};
