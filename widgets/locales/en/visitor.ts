/** Every text that a website's visitors see. */
import { chat } from './chat.ts';
import { common } from './common.ts';

export const visitor = { common, chat };
