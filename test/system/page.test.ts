import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../infra/sandbox/sandbox.ts';
import { PLACEHOLDER } from '../../workflow/containment/placeholder.ts';
import {
  hasChromium,
  launchBrowser,
  type OpenedPage,
  openPage,
  titled,
} from '../infra/sandbox/page/browser.ts';
import { GENEROUS_HANDLERS, GENEROUS_MS } from '../support/generous.ts';

let browser: Browser;
let sandbox: Sandbox;
let opened: OpenedPage;
let page: Page;

beforeAll(async () => {
  if (hasChromium) browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
});

beforeEach(async () => {
  sandbox = await startSandbox({
    environment: {
      SANDBOX_PAGE_PORT: '0',
      SANDBOX_AWS_PORT: '0',
      SANDBOX_CLOUDTRAIL_DELAY_MS: '50',
      LOG_LEVEL: 'ERROR',
    },
    handlers: GENEROUS_HANDLERS,
    ...{ slackPatienceMs: GENEROUS_MS, leastSeconds: GENEROUS_MS / 1000 },
  });
  opened = await openPage(browser, sandbox.page);
  page = opened.page;
});

afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
  await sandbox?.close();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });

/** Clicks Approve, and confirms it as Slack asks for. */
async function approve(on = page): Promise<void> {
  await on.getByRole('button', { name: 'Approve…', exact: true }).click();
  await on.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
}

/** Makes the change of an example in the form. */
async function make(example: RegExp, by = 'IAM user developer'): Promise<void> {
  await page.getByRole('tab', { name: 'Change' }).click();
  await page.getByRole('button', { name: example }).click();
  await page.getByLabel('Made by').selectOption({ label: by });
  await page.locator('.change-form button[type=submit]').click();
  await page.getByText('AWS accepted').waitFor();
}

async function policy(name: string) {
  const found = (await sandbox.state()).policies.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`There is no policy ${name}`);
  return { ...found, inForce: found.versions.find(({ isDefault }) => isDefault)?.document };
}

describe.skipIf(!hasChromium)(titled('the guard, in a browser'), () => {
  test('a restricted change is quarantined, asked about, approved, and in force again byte for byte', async () => {
    await page.getByRole('button', { name: /Bad policy/ }).click();
    const document = await page.getByLabel('Policy document').inputValue();
    await make(/Bad policy/);
    await page.getByRole('heading', { name: /🔒 my-bad-policy could delete data/ }).waitFor();
    expect((await policy('my-bad-policy')).inForce).toBe(PLACEHOLDER);
    await approve();
    await page.getByRole('heading', { name: 'Approved: my-bad-policy' }).waitFor();
    expect(await button('Approve…').count()).toBe(0);
    await page.getByText('1 reply').waitFor();
    const { versions, inForce } = await policy('my-bad-policy');
    expect(inForce).toBe(document);
    expect(versions.map(({ versionId }) => versionId)).toEqual(['v1']);
    expect(opened.complaints).toEqual([]);
  });

  test('Deny asks for the reason, and everybody reads it', async () => {
    await make(/Everything but/);
    await button('Deny…').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Deny', exact: true }).click();
    await dialog.getByText('Please complete this required field.').waitFor();
    await dialog.getByLabel('Why do you deny it?').fill('that is nearly everything');
    await dialog.getByRole('button', { name: 'Deny', exact: true }).click();
    await page.getByRole('heading', { name: 'Denied: everything-but-iam' }).waitFor();
    await page.getByRole('article').getByText('that is nearly everything').first().waitFor();
    const { versions } = await policy('everything-but-iam');
    expect(versions.map(({ document }) => document)).toEqual([PLACEHOLDER]);
  });

  test('everything about a request can be read before deciding, part by part', async () => {
    await make(/Wildcards/);
    await button('Details').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Policy', exact: true }).click();
    await dialog.getByText('"S3:Del*Buck?t"').first().waitFor();
    await dialog.getByRole('button', { name: 'Difference', exact: true }).click();
    await dialog.getByText('created').first().waitFor();
    await dialog.getByRole('button', { name: 'Event', exact: true }).click();
    await dialog.getByText('"eventName": "CreatePolicy"').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  test('who made a change may not decide it, and only they are told so', async () => {
    await make(/Bad policy/, 'dana@example.com through Identity Center');
    await page.getByLabel('Acting as').selectOption({ label: 'Dana Lee' });
    await approve();
    await page.getByText('Only visible to you').waitFor();
    await page.getByLabel('Acting as').selectOption({ label: 'Ada Lovelace' });
    expect(await page.getByText('Only visible to you').count()).toBe(0);
    expect((await policy('my-bad-policy')).inForce).toBe(PLACEHOLDER);
    expect((await sandbox.state()).requests[0]?.status).toBe('pending');
  });

  test('two people click at once: one decision, and the other is told whose it was', async () => {
    await make(/Bad policy/);
    const { page: other } = await openPage(browser, sandbox.page);
    await other.getByLabel('Acting as').selectOption({ label: 'Grace Hopper' });
    await other.getByRole('button', { name: 'Deny…', exact: true }).click();
    const dialog = other.getByRole('dialog');
    await dialog.getByLabel('Why do you deny it?').fill('not like this');
    await button('Approve…').click();
    await Promise.all([
      page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click(),
      dialog.getByRole('button', { name: 'Deny', exact: true }).click(),
    ]);
    await page.getByRole('heading', { name: /(Approved|Denied): my-bad-policy/ }).waitFor();
    const [request] = (await sandbox.state()).requests;
    if (request?.decision?.decision === 'approved') await dialog.getByText('Ada Lovelace').first().waitFor();
    else await page.getByText('Only visible to you').waitFor();
    await expect
      .poll(async () => (await sandbox.state()).requests[0]?.outcome)
      .toBe(request?.decision?.decision);
  });

  test('with Slack down the link in the e-mail decides, and only when its page is submitted', async () => {
    await page.getByRole('switch', { name: 'Slack up' }).click();
    await page.getByText('Slack is down.').waitFor();
    await make(/Bad policy/);
    await button('Show the e-mails').click();
    const [decision] = await Promise.all([
      page.context().waitForEvent('page'),
      page.locator('.email a[href*="decision=approve"]').first().click(),
    ]);
    await decision.getByRole('button').waitFor();
    expect((await sandbox.state()).requests[0]?.status).toBe('pending');
    await decision.getByRole('button').click();
    await decision.getByText('Approved by someone with the e-mail link').first().waitFor();
    await expect.poll(async () => (await policy('my-bad-policy')).defaultVersionId).toBe('v1');
  });

  test('a harmless change is allowed without a word', async () => {
    await make(/Harmless/);
    await page.getByRole('tab', { name: /Executions/ }).click();
    await page.getByRole('img', { name: 'State machine; ended in Allowed: allowed' }).waitFor();
    expect((await sandbox.state()).slack.messages).toEqual([]);
  });

  test.each([
    [/Wildcards/, /🔒 .*housekeeping could delete data/],
    [/Attach an administrator/, /🔒 CRITICAL · .* would be full administrator/],
    [/Write into a role/, /🔒 .*could delete data/],
  ])('the example %s is held', async (example, heading) => {
    await make(example);
    await page.getByRole('heading', { name: heading }).waitFor();
  });

  test('the command lists the restricted actions to the person who asked', async () => {
    await page.getByLabel('Command in #security').fill('/policy-guard list');
    await page.keyboard.press('Enter');
    const answer = page.getByRole('article').filter({ hasText: 'Only visible to you' });
    await answer.getByText('s3:DeleteBucket').waitFor();
  });
});
