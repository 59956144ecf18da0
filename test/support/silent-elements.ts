import { afterEach, beforeAll, expect } from 'vitest';
import { pageFaults } from './page-faults.ts';

/** For every test of a file: whatever was done, elements neither logged in the page's console nor threw into the page. */
export function keepSilent(): void {
  // A worker keeps what a file before this one left.
  beforeAll(() => void pageFaults.splice(0));
  afterEach(() => {
    expect(pageFaults.splice(0), 'what elements said in the console, or threw').toEqual([]);
  });
}
