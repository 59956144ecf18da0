import type { thread as english } from '../en/thread.ts';
import type { Translated } from '../catalogue.ts';

export const thread: Translated<typeof english> = {};
