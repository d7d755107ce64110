import { bench } from 'vitest';
import { createPage } from '../../../../infra/sandbox/page/build-page.ts';

/** Whoever runs `npm start` waits for it. */
bench('the page is bundled', async () => void (await createPage()), { time: 2_000 });
