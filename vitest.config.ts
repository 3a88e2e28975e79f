import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/seed.ts'],
    globalSetup: ['test/support/scratch.ts'],
    restoreMocks: true,
    // A guard against hanging, not a measure of speed: machines differ.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    // Files and tests run in an order of their own, the same every time: a test that leans on another one fails at once.
    sequence: { shuffle: true, seed: 20260112 },
    pool: 'threads',
    maxWorkers: 2,
  },
});
