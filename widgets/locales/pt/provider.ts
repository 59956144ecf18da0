import type { provider as english } from '../en/provider.ts';
import type { Translated } from '../catalogue.ts';

export const provider: Translated<typeof english> = {};
