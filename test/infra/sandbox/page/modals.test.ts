import { describe, expect, test } from 'vitest';
import { hasChromium, titled } from './browser.ts';
import { SILENT } from './fake-api.ts';
import { pagedView, reasonView } from './fake-blocks.ts';
import { APPROVER } from './fake-state.ts';
import { servePage } from './served-page.ts';

const served = servePage();
const { received } = served;

/** Opens a modal with several pages: its buttons turn the page or push the form over it. */
const openPages = async (viewport = { width: 1440, height: 900 }) => {
  const answer = (id: string, view: object) => ({ body: { ...SILENT, view: { id, user: APPROVER, view } } });
  served.api.answer('/api/slack/actions', ({ action_id, value }) =>
    action_id === 'earlier-request'
      ? answer('V2', reasonView())
      : answer('V1', pagedView(action_id === 'next-page' ? Number(value) : 1)),
  );
  const { page } = await served.open({ viewport });
  await page.getByRole('button', { name: 'Decide with a reason…' }).click();
  const pages = page.getByRole('dialog', { name: 'Details' });
  await pages.waitFor();
  return { page, pages, form: page.getByRole('dialog', { name: 'Decide with a reason' }) };
};

describe.skipIf(!hasChromium)(titled('a modal with buttons'), () => {
  test('sends clicks to its view and stays open with what comes back, from the top', async () => {
    const { page, pages } = await openPages();
    await pages.getByRole('button', { name: 'Next page' }).click();
    await pages.getByRole('heading', { name: 'Page 2 of 3' }).waitFor();
    expect(received('/api/slack/actions').at(-1)).toEqual({
      user: APPROVER,
      view_id: 'V1',
      action_id: 'next-page',
      block_id: 'pages',
      value: '2',
    });
    expect(await pages.locator('.modal-body').evaluate((body) => body.scrollTop)).toBe(0);
    await page.getByRole('status').filter({ hasText: 'Updated: Page 2 of 3' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Next page');
  });

  test.each([
    { width: 1440, height: 900 },
    { width: 390, height: 600 },
  ])('keeps its footer in sight under a long document at %o', async (viewport) => {
    const { pages } = await openPages(viewport);
    const footer = await pages.locator('footer').boundingBox();
    expect((footer?.y ?? 0) + (footer?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
    const scrolls = (body: HTMLElement) => body.scrollHeight > body.clientHeight;
    expect(await pages.locator('.modal-body').evaluate(scrolls)).toBe(true);
    await pages.getByText('"line 1.59": "s3:Delete*"').scrollIntoViewIfNeeded();
  });

  test('asks first where a button wants it, and stays open after Escape there', async () => {
    const { page, pages } = await openPages();
    await pages.getByRole('button', { name: 'Approve' }).click();
    const question = page.getByRole('dialog', { name: 'Put it back?' });
    await question.waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
    expect(await pages.isVisible()).toBe(true);
    expect(received('/api/slack/actions')).toHaveLength(1);
  });

  test('shows again, as it was, when the one on top of it closes', async () => {
    const { page, pages, form } = await openPages();
    await pages.getByRole('button', { name: 'Next page' }).click();
    await pages.getByRole('heading', { name: 'Page 2 of 3' }).waitFor();
    await pages.getByRole('button', { name: 'Earlier request' }).click();
    await form.getByLabel('Reason').fill('half');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'hidden' });
    await pages.getByRole('heading', { name: 'Page 2 of 3' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Earlier request');
    await page.keyboard.press('Escape');
    await pages.waitFor({ state: 'hidden' });
  });

  test('shows again when the one on top of it was submitted', async () => {
    const { pages, form } = await openPages();
    await pages.getByRole('button', { name: 'Earlier request' }).click();
    await form.getByLabel('Reason').fill('not tonight');
    await form.getByRole('button', { name: 'Decide' }).click();
    await form.waitFor({ state: 'hidden' });
    expect(received('/api/slack/views')).toMatchObject([{ user: APPROVER, view_id: 'V2' }]);
    expect(await pages.isVisible()).toBe(true);
  });
});
