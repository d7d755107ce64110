import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
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

/** What a person sees in Slack, one picture each: the message, what Details opens, and App Home. */
async function takeSlack(page: Page): Promise<void> {
  const message = page.getByRole('article').first();
  await message.getByRole('button', { name: 'Approve', exact: true }).waitFor();
  await message.screenshot({ path: `${FOLDER}message.png` });

  await message.getByRole('button', { name: 'Details', exact: true }).click();
  const details = page.getByRole('dialog');
  await details.getByText('s3:DeleteBucket').first().waitFor();
  await details.screenshot({ path: `${FOLDER}details.png` });
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'detached' });

  const slack = page.getByRole('region', { name: 'Slack' });
  await slack.getByRole('tab', { name: 'Home' }).click();
  const home = slack.getByRole('tabpanel');
  await home.getByText('bucket-housekeeping').first().waitFor();
  await home.screenshot({ path: `${FOLDER}home.png` });
  await slack.getByRole('tab').first().click();
}

/** The page as a whole, with the state machine. */
async function takePage(page: Page): Promise<void> {
  await page.getByRole('tab', { name: /Executions/ }).click();
  await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
  await page.screenshot({ path: `${FOLDER}page.png` });
}

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
    await takeSlack(page);
    await takePage(page);
  } finally {
    await browser.close();
    await sandbox.close();
  }
}

await main();
process.exit(0);
