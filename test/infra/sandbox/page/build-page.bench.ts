import { test } from 'vitest';
import { createPage } from '../../../../infra/sandbox/page/build-page.ts';

test('the page, for which whoever runs npm start waits', async ({ bench }) => {
  await bench('bundled', async () => void (await createPage())).run({ time: 2_000, iterations: 3 });
});
