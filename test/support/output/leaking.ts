import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { test } from 'vitest';
import { createLogger } from '../../../workflow/runtime/logger.ts';

/** The ways in which a text gets into an output. */
const WAYS: Readonly<Record<string, (text: string) => unknown>> = {
  log: (text) => createLogger('notify', 'INFO').info('Asked.', { url: `https://example.com/${text}` }),
  console: (text) => console.log(text),
  stream: (text) => process.stdout.write(text),
  process: (text) => promisify(execFile)(process.execPath, ['-e', `console.error('${text}')`]),
};

// Not one of the tests: leaks.test.ts runs it, and it has to fail.
test('passes, and says too much', async () => {
  for (const [way, write] of Object.entries(WAYS)) await write(`by-${way} ${process.env.LEAK}`);
});
