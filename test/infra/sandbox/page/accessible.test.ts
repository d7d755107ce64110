import { describe, expect, it } from 'vitest';
import { denyView } from '../../../../bot/app/views/reason-modal.ts';
import { describeRequest } from '../../../../bot/media/wording/describe-request.ts';
import { requestMessage } from '../../../../bot/notices/request/message.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { violations } from '../../../support/axe.ts';
import { MESSAGE_OPTIONS } from '../../../support/message-options.ts';
import { WORST } from '../../../support/worst-requests.ts';
import { hasChromium, titled } from './browser.ts';
import { SILENT } from './fake-api.ts';
import { actions, button, section } from './fake-blocks.ts';
import { APPROVER, aMessage, CHANNEL, slackTime } from './fake-state.ts';
import { servePage } from './served-page.ts';

const ADMINISTRATOR = Object.values(WORST)[0] as ApprovalRequest;

const SCREENS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
].flatMap((viewport) => (['light', 'dark'] as const).map((colorScheme) => ({ viewport, colorScheme })));

/** The other two are looked at in test/system/every-screen.test.ts. */
const OF_TABS = SCREENS.filter(
  ({ viewport, colorScheme }) => viewport.width > 899 === (colorScheme === 'dark'),
);

describe.skipIf(!hasChromium)(titled('axe-core finds nothing wrong'), () => {
  const served = servePage();

  it.each(OF_TABS)('$viewport.width pixels wide, $colorScheme', async (screen) => {
    const { page } = await served.open(screen);
    const found: Record<string, string[]> = { 'at first': await violations(page) };
    const tabs = page.getByRole('tab');
    for (let index = 0; index < (await tabs.count()); index++) {
      const tab = tabs.nth(index);
      if (!(await tab.isVisible())) continue;
      await tab.click();
      found[`${await tab.textContent()}`] = await violations(page);
    }
    const view = { ...denyView(describeRequest(ADMINISTRATOR), { requestId: 'pg-1', channel: CHANNEL }) };
    view.blocks = view.blocks.map((block, place) => ({ block_id: `b${place}`, ...block }));
    served.api.answer('/api/slack/actions', () => ({
      body: { ...SILENT, view: { id: 'V1', user: APPROVER, view } },
    }));
    await tabs.first().click();
    if (screen.viewport.width > 899) await page.getByRole('tab', { name: '# security' }).click();
    await page.getByRole('button', { name: 'Decide with a reason…' }).click();
    await page.getByRole('dialog').waitFor();
    found['a modal'] = await violations(page);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    expect(Object.entries(found).filter(([, wrong]) => wrong.length > 0)).toEqual([]);
    expect(Object.keys(found).length).toBeGreaterThan(5);
  });
});

describe.skipIf(!hasChromium)(titled('by keyboard and eye'), () => {
  const served = servePage();

  it('the focus goes on from the message once a decision has taken its buttons away', async () => {
    served.api.state.slack.messages = [
      aMessage({ ts: slackTime(new Date()), blocks: [actions('decision', [button('deny', 'Deny…')])] }),
    ];
    const { page } = await served.open();
    await page.getByRole('button', { name: 'Deny…' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => served.received('/api/slack/actions')).toHaveLength(1);
    served.api.change(({ slack }) => {
      const [message] = slack.messages;
      if (message !== undefined) message.blocks = [section('Denied.')];
    });
    await page.getByText('Denied.').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('ARTICLE');
  });

  it.each(SCREENS)('a request stands from its first line: $viewport.width, $colorScheme', async (screen) => {
    const { text, blocks } = requestMessage(describeRequest(ADMINISTRATOR), MESSAGE_OPTIONS);
    served.api.state.slack.messages = Array.from({ length: 3 }, (_, index) =>
      aMessage({
        ts: slackTime(new Date(Date.now() + index)),
        text,
        blocks: blocks.map((each) => ({ ...each })),
      }),
    );
    const { page } = await served.open(screen);
    const list = await page.getByRole('region', { name: 'Messages' }).first().boundingBox();
    const newest = await page.getByRole('article').last().boundingBox();
    expect(newest?.y).toBeGreaterThanOrEqual((list?.y ?? Number.NaN) - 1);
    expect(newest?.y).toBeLessThan((list?.y ?? Number.NaN) + (list?.height ?? Number.NaN));
  });

  it('which tab is selected can be seen in forced colours', async () => {
    const { page } = await served.open({ forcedColors: 'active' });
    const [chosen, other] = ['true', 'false'].map((is) =>
      page.locator(`.tabs [aria-selected="${is}"]`).first(),
    );
    const backgroundOf = (tab = chosen) =>
      tab?.evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(await backgroundOf(chosen)).not.toBe(await backgroundOf(other));
  });
});
