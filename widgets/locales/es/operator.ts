import { common } from './common.ts';
import { details } from './details.ts';
import { draft } from './draft.ts';
import { pool } from './pool.ts';
import { provider } from './provider.ts';
import { shared } from './shared.ts';
import { thread } from './thread.ts';

export const operator = { common, shared, pool, thread, draft, details, provider };
