import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    benchmark: { include: ['test/**/*.bench.ts'] },
    // The whole-system tests start a sandbox each; a slow machine needs the room, a passing test never does.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The whole-system tests mostly wait: on a machine with two cores, one worker would leave both idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Concurrent tests of one file mostly wait for Slack's rate limit, each in a sandbox of its own.
    maxConcurrency: 9,
  },
});
