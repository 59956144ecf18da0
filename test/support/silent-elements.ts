import { afterEach, expect } from 'vitest';
import { pageFaults } from './page-faults.ts';

/** For every test of a file: whatever was done, elements neither logged in the page's console nor threw into the page. */
export function keepSilent(): void {
  afterEach(() => {
    expect(pageFaults.splice(0), 'what elements said in the console, or threw').toEqual([]);
  });
}
