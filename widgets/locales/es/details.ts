import type { details as english } from '../en/details.ts';
import type { Translated } from '../catalogue.ts';

export const details: Translated<typeof english> = {};
