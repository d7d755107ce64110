import { mkdir } from 'node:fs/promises';
import { chromium, type Page } from 'playwright-core';
import { runCommand } from '../command/run-command.ts';
import { CHROMIUM } from './chromium.ts';
import { takeContactSheet } from './contact-sheet/take-contact-sheet.ts';
import { lookFromOutside } from './demo/outside.ts';
import { peopleInSlack } from './demo/people.ts';
import { BAD_POLICY, greet } from './greeting.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

const FOLDER = new URL('../../.github/pictures/', import.meta.url).pathname;

const WIDE = { width: 1440, height: 900 };

/** What a person sees in Slack, one picture each: the message, what Details opens, and App Home. */
async function takeSlack(page: Page): Promise<void> {
  // So tall that the whole message stands in the channel: what is scrolled away would be missing in its picture.
  await page.setViewportSize({ width: 1440, height: 1400 });
  const message = page.getByRole('article').filter({ hasText: '🔒' }).first();
  await message.getByRole('button', { name: 'Approve…', exact: true }).waitFor();
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
  // No taller than what stands there.
  const { y, height } = (await home.getByText(/^As of/).boundingBox()) ?? { y: 1400, height: 0 };
  await page.setViewportSize({ width: 1440, height: Math.ceil(y + height) + 48 });
  await home.screenshot({ path: `${FOLDER}home.png` });
  await slack.getByRole('tab').first().click();
  await page.setViewportSize(WIDE);
}

/** What has been decided before, for App Home to show. */
async function decideEarlier(sandbox: Sandbox): Promise<void> {
  await sandbox.change({
    caller: 'dana',
    operation: 'CreatePolicy',
    parameters: { PolicyName: 'clean-up-logs', PolicyDocument: BAD_POLICY },
  });
  const outside = lookFromOutside(sandbox);
  const asked = await outside.until('a request', ({ requests }) => requests.find(({ slack }) => slack));
  await peopleInSlack(outside, () => {}).deny(asked, 'The lifecycle rule of the bucket does this already.');
  await outside.until('its end', ({ requests }) => requests.find(({ outcome }) => outcome));
}

/** The page as a whole, with the course of an execution. */
async function takePage(page: Page): Promise<void> {
  await page.getByRole('tab', { name: /Executions/ }).click();
  await page.getByRole('region', { name: /^Its course/ }).waitFor();
  await page.getByRole('button', { name: 'Approve…', exact: true }).waitFor();
  await page.screenshot({ path: `${FOLDER}page.png` });
}

const HELP = `Makes the pictures of the docs anew, in .github/pictures, from a sandbox of its own, and one sheet with a message of
every kind. Needs Chromium, and a font with emoji (Debian: fonts-noto-color-emoji).

Usage: npm run pictures

  --help  this text

CHROMIUM_PATH is where Chromium is, unless it is /usr/bin/chromium-headless-shell or /usr/bin/chromium.`;

/** Makes the docs' pictures from a running sandbox, so that they show what there is. */
async function main(): Promise<void> {
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  const sandbox = await startSandbox({
    environment: {
      SANDBOX_PAGE_PORT: '0',
      SANDBOX_AWS_PORT: '0',
      RESTRICTED_ACTIONS: 's3:DeleteBucket severity=high,s3:DeleteObject severity=medium',
    },
  });
  const browser = await chromium.launch(CHROMIUM);
  try {
    await mkdir(FOLDER, { recursive: true });
    await decideEarlier(sandbox);
    await greet(sandbox);
    const page = await browser.newPage({ viewport: WIDE, deviceScaleFactor: 1.5 });
    await page.addInitScript(() => localStorage.setItem('introduced', 'yes'));
    await page.goto(sandbox.page);
    await takeSlack(page);
    await takePage(page);
    await takeContactSheet(browser, sandbox.page, `${FOLDER}contact-sheet.png`);
  } finally {
    await browser.close();
    await sandbox.close();
  }
}

await runCommand({ help: HELP, options: {} }, main);
process.exit();
