import { brotliDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { linesOfServices, listActions } from '../../../../infra/cli/known-actions/list-actions.ts';
import known from '../../../../workflow/inspection/restricted-actions/known-actions.data.json' with {
  type: 'json',
};
import { KNOWN_ACTIONS_DATE } from '../../../../workflow/inspection/restricted-actions/known-actions.ts';

it('the known actions are those of the installed data; npm run known-actions makes them so', async () => {
  const lines = brotliDecompressSync(Buffer.from(known.actions, 'base64')).toString('utf8').split('\n');
  expect(lines).toEqual(await linesOfServices());
  expect(KNOWN_ACTIONS_DATE).toBe((await listActions()).date);
});

it('the list of known actions stays small enough to travel with the code', () => {
  expect(JSON.stringify(known).length).toBeLessThan(130_000);
});
