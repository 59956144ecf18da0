import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{domain,server,contracts,e2e,eval}/**/*.test.ts'],
    environment: 'node',
    globalSetup: 'test/support/global-setup.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A run that found nothing to run has proved nothing.
    passWithNoTests: false,
    allowOnly: false,
  },
})
