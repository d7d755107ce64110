import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasChromium, titled } from './browser.ts';
import { SILENT } from './fake-api.ts';
import { actions, button, homeView, section } from './fake-blocks.ts';
import { APPROVER, aMessage, CHANNEL, DIRECT, REQUESTER, slackTime } from './fake-state.ts';
import { servePage } from './served-page.ts';

const served = servePage();
const { open, received } = served;

const place = (page: Page, name: RegExp) => page.getByRole('tab', { name });
const actAs = (page: Page, name: string) => page.getByLabel('Acting as').selectOption({ label: name });
const write = (message: Parameters<typeof aMessage>[0]) =>
  served.api.change((state) => void state.slack.messages.push(aMessage(message)));
const publish = (pending: string) =>
  served.api.change((state) => {
    state.slack.homes = [{ id: 'H1', user: APPROVER, view: homeView(pending) }];
  });

describe.skipIf(!hasChromium)(titled('App Home'), () => {
  test('is opened by going there, and shown once it is published', async () => {
    served.api.answer('/api/slack/home', () => {
      publish('waits');
      return { body: SILENT };
    });
    const { page } = await open();
    await place(page, /Policy Guard › Home/).click();
    await page.getByRole('heading', { name: 'Waiting for you' }).waitFor();
    expect(received('/api/slack/home')).toEqual([{ user: APPROVER }]);
  });

  test('is shown from the answer before the state has it', async () => {
    const view = { id: 'H1', user: APPROVER, view: homeView('waits') };
    served.api.answer('/api/slack/home', () => ({ body: { ...SILENT, view } }));
    const { page } = await open();
    await place(page, /Home/).click();
    await page.getByRole('heading', { name: 'Waiting for you' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('says that it is being opened', async () => {
    const { page } = await open();
    await page.route('**/api/slack/home', () => {});
    await place(page, /Home/).click();
    await page.getByRole('status').filter({ hasText: 'Opening App Home…' }).waitFor();
  });

  test('changes when the bot publishes again, and that is announced', async () => {
    publish('waits');
    const { page } = await open();
    await place(page, /Home/).click();
    await page.getByText('my-bad-policy waits').waitFor();
    publish('was approved');
    await page.getByRole('status').filter({ hasText: 'Updated: my-bad-policy was approved' }).waitFor();
  });

  test('warns when the bot failed, and tries again on request', async () => {
    served.api.answer('/api/slack/home', () => ({ body: { ...SILENT, ok: false, warning: 'No answer' } }));
    const { page } = await open();
    await place(page, /Home/).click();
    await page.getByRole('alert').filter({ hasText: 'No answer' }).waitFor();
    served.api.answer('/api/slack/home', () => ({ body: SILENT }));
    await page.getByRole('button', { name: 'Open again' }).click();
    await page.getByText('has not published a Home for this person').waitFor();
  });

  test('sends what is clicked there to its view', async () => {
    publish('waits');
    const { page } = await open();
    await place(page, /Home/).click();
    await page.getByRole('button', { name: 'Details' }).click();
    await expect
      .poll(() => received('/api/slack/actions'))
      .toEqual([{ user: APPROVER, view_id: 'H1', action_id: 'details', block_id: 'r1', value: 'r1' }]);
  });
});

describe.skipIf(!hasChromium)(titled('direct messages'), () => {
  const direct = (text: string, more = {}) =>
    write({ channel: DIRECT, ts: slackTime(new Date()), text, ...more });

  test('are those of the person who acts, and not in the channel', async () => {
    direct('Your change was quarantined');
    const { page } = await open();
    await place(page, /Messages/).click();
    await page.getByText('has not written to this person').waitFor();
    await actAs(page, 'Dana');
    await page.getByRole('article').getByText('Your change was quarantined').waitFor();
    await place(page, /# security/).click();
    expect(await page.getByRole('article').getByText('Your change was quarantined').count()).toBe(0);
  });

  test('are counted until somebody looks at them, also after a reload', async () => {
    direct('one');
    const { page } = await open();
    await actAs(page, 'Dana');
    await place(page, /Messages 1 not looked at yet/).click();
    await place(page, /Messages$/).waitFor();
    await page.reload();
    await actAs(page, 'Dana');
    await place(page, /Messages$/).waitFor();
    direct('two', { ts: slackTime(new Date(Date.now() + 1000)) });
    await place(page, /Messages 1 not looked at yet/).waitFor();
  });

  test('are announced while the channel is shown', async () => {
    const { page } = await open();
    await actAs(page, 'Dana');
    direct('Approved by Robin');
    await page.getByRole('status').filter({ hasText: 'Direct message: Approved by Robin' }).waitFor();
  });

  test('have buttons that work, and say why nothing can be typed', async () => {
    const ts = slackTime(new Date());
    write({ channel: DIRECT, ts, blocks: [section('Held'), actions('dm', [button('details', 'Details')])] });
    const { page } = await open();
    await actAs(page, 'Dana');
    await place(page, /Messages/).click();
    await page.getByRole('button', { name: 'Details' }).click();
    await expect
      .poll(() => received('/api/slack/actions'))
      .toEqual([{ user: REQUESTER, channel: DIRECT, ts, action_id: 'details', block_id: 'dm' }]);
    await page.getByText('Policy Guard reads nothing here').waitFor();
    expect(await page.getByRole('textbox', { name: /Command in/ }).count()).toBe(0);
  });
});

describe.skipIf(!hasChromium)(titled('a permalink'), () => {
  const REPLY = '1700000001.000200';
  const link = `https://sandbox.slack.com/archives/${CHANNEL}/p${REPLY.replace('.', '')}?thread_ts=1`;

  const withLongThread = () => {
    const threadTs = served.api.state.slack.messages[0]?.ts ?? '';
    write({ ts: REPLY, threadTs, text: 'the very first reply' });
    for (let second = 2; second < 40; second += 1) {
      write({ ts: `17000000${String(second).padStart(2, '0')}.000000`, threadTs, text: `reply ${second}` });
    }
    write({ channel: DIRECT, ts: slackTime(new Date()), text: `<${link}|Go there>` });
  };

  test('leads from a direct message to a reply in the channel, however deep in its thread', async () => {
    withLongThread();
    const { page } = await open();
    await actAs(page, 'Dana');
    await place(page, /Messages/).click();
    await page.getByRole('link', { name: 'Go there' }).click();
    await page.locator('.pointed-out').getByText('the very first reply').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-ts'))).toBe(REPLY);
    expect(await place(page, /# security/).getAttribute('aria-selected')).toBe('true');
    expect(page.context().pages()).toHaveLength(1);
  });

  test('on a narrow screen leads there from the e-mails too', async () => {
    withLongThread();
    served.api.state.emails.push({
      messageId: 'm-1',
      to: 'a@example.com',
      subject: 'Held',
      text: link,
      links: [],
      sentAt: '2026-01-01T00:00:00Z',
    });
    const { page } = await open({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
    await page.getByRole('tab', { name: /E-mails/ }).click();
    await page.getByRole('link', { name: link }).click();
    const reply = page.locator('.pointed-out');
    await reply.waitFor();
    expect(await reply.evaluate((element) => getComputedStyle(element).animationName)).toBe('none');
  });

  test('to a channel that the person cannot see is left to the browser', async () => {
    write({
      ts: slackTime(new Date()),
      text: '<https://sandbox.slack.com/archives/C0OTHER/p1700000001000200|Elsewhere>',
    });
    const { page } = await open();
    await page.context().route('**/archives/**', (route) => route.abort());
    const opened = page.waitForEvent('popup');
    await page.getByRole('link', { name: 'Elsewhere' }).click();
    await opened;
  });
});
