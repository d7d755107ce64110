import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest go first, so that at the end no worker waits for one of them. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => /\/test\/(system|burst|faults)\//.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Loading libraries anew for each file would take as long as the tests. Only modules of our own are new for each.
    isolate: false,
    // All that is written is searched for secrets.
    setupFiles: ['test/support/own-modules.ts', 'test/support/output/search.ts'],
    // Most objects live for one call: with more room for the young ones a tenth of the processor's time is saved.
    execArgv: ['--max-semi-space-size=64'],
    // No test is about time: these only end what hangs, however busy the machine is.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 150_000 } },
    // What functions log and count would bury the results. A test that reads it asks for it: support/hear-functions.ts;
    // whole sandboxes log, for the search of `output` alone.
    env: {
      ...{ AWS_LAMBDA_LOG_LEVEL: 'FATAL', POWERTOOLS_METRICS_DISABLED: 'true' },
      // Commands that tests start load hundreds of files, nearly the same ones each.
      NODE_COMPILE_CACHE: resolve('node_modules/.cache/node'),
    },
    sequence: { sequencer: LongestFirst, setupFiles: 'list' },
    // The whole-system tests mostly wait, so that a worker for each core would leave the cores idle: each of theirs uses
    // a third of one. A worker takes some 500 MB.
    maxWorkers: availableParallelism() * 3,
    // Concurrent tests of one file mostly wait for Slack's rate limit, each in a sandbox of its own.
    maxConcurrency: 9,
  },
});
