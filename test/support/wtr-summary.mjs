import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * A reporter that writes what ran to a file, for `verify.ts`.
 * @param {string} file
 */
export function summary(file) {
  return {
    /** @param {{ sessions: import('@web/test-runner-core').TestSession[] }} end */
    stop({ sessions }) {
      const count = { passed: 0, failed: 0, skipped: 0, failures: [] };
      for (const { testResults, testFile, errors, passed } of sessions) {
        const before = count.failed;
        if (testResults) add(testResults, relative(process.cwd(), testFile), '', count);
        // A file that does not load, or an error outside of any test.
        if ((!passed || errors.length > 0) && count.failed === before) {
          count.failed += 1;
          count.failures.push({ file: testFile, name: 'the file itself', said: errors.map((error) => error.message).join('\n') });
        }
      }
      writeFileSync(file, JSON.stringify(count));
    },
  };
}

function add(suite, file, path, count) {
  for (const test of suite.tests) {
    const outcome = test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed';
    count[outcome] += 1;
    if (outcome === 'failed') count.failures.push({ file, name: `${path}${test.name}`, said: test.error?.message ?? '' });
  }
  for (const inner of suite.suites) add(inner, file, `${path}${inner.name} `, count);
}
