import { createLinks } from '../../server/files/links.ts';

/** Links to files, for views that are read without a server. */
export const links = createLinks('a secret for tests that is long enough, and no other', 'https://inbox.example');
