import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/support/output/leaking.ts'],
    setupFiles: ['test/support/output/search.ts'],
    maxWorkers: 1,
  },
});
