import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasChromium, launchBrowser, openPage, titled } from '../infra/sandbox/page/browser.ts';
import { violations } from '../support/axe.ts';
import { GENEROUS_MS } from '../support/generous.ts';
import { type GuardedSandbox, startGuardedSandbox } from '../support/guarded-sandbox.ts';

let browser: Browser;
let guard: GuardedSandbox;

beforeAll(async () => {
  if (hasChromium) browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  guard = await startGuardedSandbox({ BREAK_GLASS: 'true' });
});
afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
  await guard.stop();
});

const SCREENS: readonly BrowserContextOptions[] = [
  { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
];
/** From so many changes of one requester at once, those that follow stand in a thread. */
const CROWD = 6;

async function openSandbox(options?: BrowserContextOptions): Promise<Page> {
  const { page } = await openPage(browser, guard.sandbox.page, options);
  return page;
}

async function crowd(): Promise<void> {
  for (let count = 0; count < CROWD; count += 1) await guard.create();
  await guard.until('all in Slack', ({ requests }) =>
    requests.filter(({ slack }) => slack).length === CROWD ? true : undefined,
  );
}

const actAs = (page: Page, name: string) => page.getByLabel('Acting as').selectOption({ label: name });
const click = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).last().click();

/** Opens every kind of modal, and everything else that the page can show. @returns what axe-core finds on each screen */
async function everyScreen(page: Page): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const look = async (screen: string) => void Object.assign(found, { [screen]: await violations(page) });
  const dialog = page.getByRole('dialog').last();
  const closed = async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  const modal = async (button: string | RegExp, name: string | RegExp, as = 'Ada Lovelace') => {
    await actAs(page, as);
    await click(page, button);
    await page.getByRole('dialog', { name }).waitFor();
    await look(`${button} as ${as}`);
  };
  for (const [button, name] of [
    ['Approve…', /^Approve /],
    ['Deny…', 'Deny this change'],
    ['Ask…', 'Ask the requester'],
    ['Approve all…', 'Approve all'],
    ['Deny all…', 'Deny all'],
  ] as const) {
    await modal(button, name);
    await closed();
  }
  await modal('Details', /./);
  for (const part of ['Policy', 'Difference', 'Event']) {
    await dialog.getByRole('button', { name: part, exact: true }).click();
    await dialog.getByText(new RegExp(`^${part} · `)).waitFor();
    await look(`Details: ${part}`);
  }
  await closed();
  await actAs(page, 'Devon Developer');
  await page.getByRole('tab', { name: /Messages/ }).click();
  await look('direct messages');
  await actAs(page, 'Ada Lovelace');
  await page.getByRole('tab', { name: /Home/ }).click();
  await page.getByText(/^As of/).waitFor();
  await look('Home');
  await page.getByRole('tab', { name: /security/ }).click();
  for (const text of ['list', 'help', 'pending', 'doctor', 'history', 'check s3:DeleteBucket']) {
    await page.getByLabel('Command in #security').fill(`/policy-guard ${text}`);
    await page.keyboard.press('Enter');
  }
  await page.getByText('Only visible to you').nth(5).waitFor();
  await look('answers to commands');
  return found;
}

describe.skipIf(!hasChromium)(titled('axe-core finds nothing wrong'), () => {
  test.each(SCREENS)('with any modal, Home or answer, at $viewport.width', async (screen) => {
    await crowd();
    const found = await everyScreen(await openSandbox(screen));
    expect(Object.entries(found).filter(([, wrong]) => wrong.length > 0)).toEqual([]);
    expect(Object.keys(found).length).toBeGreaterThanOrEqual(12);
  });

  test.each(SCREENS)('with a course or an exchange that is open, at $viewport.width', async (screen) => {
    await guard.held();
    const page = await openSandbox(screen);
    await page.getByRole('tab', { name: /Executions/ }).click();
    for (const row of await page.locator('.waterfall summary').all()) await row.click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Traffic' }).click();
    await page.locator('.exchanges summary').first().click();
    await page.getByRole('heading', { name: /^HTTP 200/ }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test.each(SCREENS)('on the pages behind links, at $viewport.width', async (screen) => {
    await guard.post('/api/faults', { slack: 'down' });
    await guard.create();
    const mail = await guard.until('an e-mail', ({ emails }) => emails.find(({ links }) => links.length > 1));
    const link = (decision: string) => mail.links.find((each) => each.includes(`decision=${decision}`)) ?? '';
    const page = await (await browser.newContext(screen)).newPage();
    const found: Record<string, string[]> = {};
    const look = async (name: string) => void Object.assign(found, { [name]: await violations(page) });
    for (const decision of ['approve', 'deny']) {
      await page.goto(link(decision));
      await look(decision);
    }
    await page.getByLabel(/Why/).fill('Not like this.');
    await page.getByRole('button').click();
    await page.getByRole('heading', { name: 'Your decision is recorded' }).waitFor();
    await look('recorded');
    await page.goto(link('approve'));
    await page.getByRole('heading', { name: 'This request is decided' }).waitFor();
    await look('decided before');
    await page.goto(`${link('approve')}x`);
    await look('forged');
    await guard.post('/api/faults', { slack: 'up' });
    await page.goto(`${guard.sandbox.page}/slack/install`);
    await look('install');
    await page.getByRole('link', { name: 'Add to Slack' }).click();
    await look('Slack asks');
    await page.getByRole('button', { name: /Allow/ }).click();
    await page.getByRole('heading', { name: 'Policy Guard is installed' }).waitFor();
    await look('installed');
    await page.goto(`${guard.sandbox.page}/slack/oauth_redirect?state=none&code=none`);
    await look('not installed');
    expect(Object.entries(found).filter(([, wrong]) => wrong.length > 0)).toEqual([]);
  });
});

/** Goes on with Tab to what has this name, and presses it. */
async function press(page: Page, name: RegExp): Promise<void> {
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim();
    });
  for (let presses = 0; presses < 120 && !name.test(await focused()); presses += 1)
    await page.keyboard.press('Tab');
  expect(await focused()).toMatch(name);
  await page.keyboard.press('Enter');
}

describe.skipIf(!hasChromium)(titled('by keyboard alone'), () => {
  test('a change is made, and approved', async () => {
    const page = await openSandbox();
    await press(page, /^Make a change$/);
    await press(page, /^Bad policy/);
    await press(page, /^CreatePolicy$/);
    await page.getByText('AWS accepted').waitFor();
    await page.getByRole('button', { name: 'Approve…', exact: true }).waitFor();
    await press(page, /^Approve…$/);
    await press(page, /^Approve$/);
    await page.getByRole('heading', { name: 'Approved: my-bad-policy' }).waitFor();
  });

  test.each([
    ['Approve', ''],
    ['Deny', 'Not so many.'],
  ])('a group: %s all', async (decision, reason) => {
    await crowd();
    const page = await openSandbox();
    await press(page, new RegExp(`^${decision} all…$`));
    const dialog = page.getByRole('dialog', { name: `${decision} all` });
    await dialog.waitFor();
    // The field has the focus where there is one.
    if (reason !== '') await page.keyboard.type(reason);
    await press(page, new RegExp(`^${decision} \\d+$`));
    await page.getByRole('dialog', { name: 'It is being decided' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: /All decided/ }).waitFor({ timeout: GENEROUS_MS });
    const { requests } = await guard.state();
    const grouped = requests.filter(({ slack }) => slack?.threadTs !== undefined);
    expect(grouped.length).toBeGreaterThan(1);
    expect(new Set(grouped.map((request) => request.decision?.decision))).toEqual(
      new Set([decision === 'Approve' ? 'approved' : 'denied']),
    );
  });
});
