import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { greet } from './greeting.ts';
import { startSandbox } from './sandbox.ts';

const FOLDER = new URL('../../.github/pictures/', import.meta.url).pathname;

/** Debian's Chromium; the flags keep it from looking for anything outside this machine. */
const BROWSER = {
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** Makes the README's pictures from a running sandbox, so that they show what there is. */
async function main(): Promise<void> {
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  const sandbox = await startSandbox({ environment: { SANDBOX_PAGE_PORT: '0', SANDBOX_AWS_PORT: '0' } });
  const browser = await chromium.launch(BROWSER);
  try {
    await mkdir(FOLDER, { recursive: true });
    await greet(sandbox);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.5 });
    await page.addInitScript(() => localStorage.setItem('introduced', 'yes'));
    await page.goto(sandbox.page);
    const approve = page.getByRole('button', { name: 'Approve', exact: true });
    await approve.waitFor();
    await page
      .getByRole('article')
      .first()
      .screenshot({ path: `${FOLDER}message.png` });
    await page.getByRole('tab', { name: /Executions/ }).click();
    await page.screenshot({ path: `${FOLDER}page.png` });
  } finally {
    await browser.close();
    await sandbox.close();
  }
}

await main();
process.exit(0);
