import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasChromium, titled } from './browser.ts';
import { actions, button, CONFIRM, mrkdwn, section } from './fake-blocks.ts';
import { aMessage, slackTime } from './fake-state.ts';
import { servePage } from './served-page.ts';

const served = servePage();
const { open, received } = served;
const clicks = () => received('/api/slack/actions');

const show = (blocks: Record<string, unknown>[]) => {
  served.api.state.slack.messages = [aMessage({ ts: slackTime(new Date()), blocks })];
};
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

describe.skipIf(!hasChromium)(titled('a button that asks first'), () => {
  const openDialog = async () => {
    show([actions('decision', [button('approve', 'Go on', { value: 'r1', confirm: CONFIRM })])]);
    const { page } = await open();
    await page.getByRole('button', { name: 'Go on' }).click();
    return { page, dialog: page.getByRole('dialog', { name: 'Put it back?' }) };
  };

  test('sends the click only after the person has confirmed', async () => {
    const { dialog } = await openDialog();
    await dialog.getByText('will be in force again.').waitFor();
    expect(clicks()).toEqual([]);
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(clicks).toMatchObject([{ action_id: 'approve', block_id: 'decision', value: 'r1' }]);
  });

  test('begins at Deny, and takes Escape for it', async () => {
    const { page, dialog } = await openDialog();
    await dialog.waitFor();
    expect(await focused(page)).toBe('Not now');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe('Go on');
    expect(clicks()).toEqual([]);
  });

  test('shows the style that the app has asked for', async () => {
    const { dialog } = await openDialog();
    const style = await dialog.getByRole('button', { name: 'Approve' }).getAttribute('class');
    expect(style).toContain('danger');
  });
});

describe.skipIf(!hasChromium)(titled('what a message says'), () => {
  test('names groups by their handle, and tells how long ago something was', async () => {
    const threeHoursAgo = Math.floor(Date.now() / 1000) - 3 * 3600;
    show([section(`<!subteam^S0SECURIT> <!subteam^S0UNKNOWN|@others> <!date^${threeHoursAgo}^{ago}|then>`)]);
    const { page } = await open();
    await page.getByText('@security').waitFor();
    await page.getByText('@others').waitFor();
    await page.getByText('3 hours ago').waitFor();
  });

  test('keeps struck text, quotations, line breaks and links on buttons', async () => {
    const url = 'https://console.aws.amazon.com/';
    show([section('~old~\n>quoted'), actions('links', [button('console', 'Open in AWS', { url })])]);
    const { page } = await open();
    expect(await page.locator('s').textContent()).toBe('old');
    expect(await page.locator('blockquote').textContent()).toBe('quoted');
    expect(await page.getByRole('link', { name: 'Open in AWS' }).getAttribute('href')).toBe(url);
  });

  test('names what the page does not draw', async () => {
    show([actions('odd', [{ type: 'datepicker', action_id: 'day' }])]);
    const { page } = await open();
    await page.getByText('(an element of type “datepicker”)').waitFor();
  });

  test('shows fields side by side', async () => {
    show([{ type: 'section', fields: [mrkdwn('*Requester*'), mrkdwn('*Expires*')] }]);
    const { page } = await open();
    const tops = await page
      .locator('.block-fields > div')
      .evaluateAll((fields) => fields.map((field) => field.getBoundingClientRect().top));
    expect(tops[0]).toBe(tops[1]);
  });
});
