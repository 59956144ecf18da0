import { writeFileSync } from 'node:fs';

/**
 * A reporter that writes what ran to a file, for `verify.ts`.
 * @param {string} file
 */
export function summary(file) {
  return {
    /** @param {{ sessions: import('@web/test-runner-core').TestSession[] }} end */
    stop({ sessions }) {
      const count = { passed: 0, failed: 0, skipped: 0 };
      for (const { testResults, errors, passed } of sessions) {
        const before = count.failed;
        if (testResults) add(testResults, count);
        // A file that does not load, or an error outside of any test.
        if ((!passed || errors.length > 0) && count.failed === before) count.failed += 1;
      }
      writeFileSync(file, JSON.stringify(count));
    },
  };
}

function add(suite, count) {
  for (const test of suite.tests) count[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
  for (const inner of suite.suites) add(inner, count);
}
