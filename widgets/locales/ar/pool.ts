import type { pool as english } from '../en/pool.ts';
import type { Translated } from '../catalogue.ts';

export const pool: Translated<typeof english> = {};
