import { describe, expect, test } from 'vitest';
import { PLACEHOLDER } from '../../../../workflow/containment/placeholder.ts';
import { REVIEWED } from '../../../support/requests.ts';
import { hasChromium, titled } from './browser.ts';
import { aMessage, slackTime } from './fake-state.ts';
import { servePage } from './served-page.ts';

const served = servePage();

const open = async (tab: RegExp, options?: Parameters<typeof served.open>[0]) => {
  const opened = await served.open(options);
  await opened.page.getByRole('tab', { name: tab }).click();
  return opened;
};

describe.skipIf(!hasChromium)(titled('the panels'), () => {
  test('a policy shows which version is in force, byte for byte, and what is under review', async () => {
    const { page } = await open(/Policies/);
    const version = (name: string) => page.getByRole('group').filter({ hasText: name });
    expect(await version('In forcePlaceholder').locator('pre').textContent()).toBe(PLACEHOLDER);
    expect(await version('Under review').locator('pre').textContent()).toBe(REVIEWED);
    await page.getByText('Quarantined', { exact: true }).waitFor();
  });

  test.each([1_440, 390])('everything that can go wrong stands in one line, %i px wide', async (width) => {
    const { page } = await served.open();
    await page.setViewportSize({ width, height: 900 });
    await page.getByRole('tab', { name: /Faults/ }).click();
    const left = (role: string, within: string) =>
      page
        .locator('.faults')
        .getByRole(role as 'switch')
        .locator(within)
        .evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().left)));
    const edges = [...(await left('switch', '.switch-track')), ...(await left('combobox', 'xpath=.'))];
    expect(edges.length).toBeGreaterThan(10);
    expect(new Set(edges).size).toBe(1);
  });

  test('a document is laid out only on demand', async () => {
    const { page } = await open(/Policies/);
    const version = page.getByRole('group').filter({ hasText: 'Under review' });
    await version.getByRole('button', { name: 'Lay out' }).click();
    expect(await version.locator('pre').textContent()).toContain('\n      "Action": "s3:DeleteBucket"');
  });

  test('a request counts down to its expiry', async () => {
    const { page } = await open(/Requests/);
    const countdown = page.getByRole('tabpanel').getByRole('timer');
    const before = await countdown.textContent();
    expect(before).toMatch(/^(1:00:00|59:\d\d)$/);
    await expect.poll(() => countdown.textContent()).not.toBe(before);
  });

  test('a request names those who have voted', async () => {
    const [request] = served.api.state.requests;
    Object.assign(request ?? {}, {
      votes: [{ by: { name: 'Robin' }, via: 'slack', at: new Date().toISOString() }],
    });
    const { page } = await open(/Requests/);
    await page.getByText('1 vote', { exact: true }).waitFor();
    await page.getByText(/^Robin, /).waitFor();
  });

  test.each([
    ['observed', 'Observed'],
    ['exempt', 'Exempt'],
    ['of-tomorrow', 'of-tomorrow'],
  ])('the outcome %s is shown as %s', async (outcome, shown) => {
    const { requests, executions } = served.api.state;
    Object.assign(requests[0] ?? {}, { outcome, status: 'closed', closedAt: new Date().toISOString() });
    Object.assign(executions[0] ?? {}, { outcome, status: 'SUCCEEDED' });
    const { page, complaints } = await open(/Requests/);
    expect(await page.locator('#panel-requests .badge').textContent()).toBe(shown);
    expect(await page.locator('#panel-executions .badge').textContent()).toBe(shown);
    expect(complaints).toEqual([]);
  });

  test('an execution is drawn with the state it is in, alone or in the whole state machine', async () => {
    const { page } = await open(/Executions/);
    await page.getByRole('img', { name: 'State machine; now in RequestApproval' }).waitFor();
    expect(await page.locator('.node.current').textContent()).toContain('RequestApproval');
    expect(await page.locator('.node').count()).toBe(7);
    await page.getByRole('button', { name: 'Whole state machine' }).click();
    expect(await page.locator('.node').count()).toBeGreaterThan(40);
  });

  test('the drawing follows the execution to its end', async () => {
    const { page } = await open(/Executions/);
    served.api.change(({ executions: [execution] }) => {
      Object.assign(execution ?? {}, { status: 'SUCCEEDED', outcome: 'approved', currentState: 'Ended' });
      execution?.path.push('Restore', 'Restored', 'Announce', 'Ended');
    });
    await page.getByRole('img', { name: 'State machine; ended in Ended: approved' }).waitFor();
    expect(await page.locator('.edge.taken').count()).toBe(10);
  });

  test("the guard's own writes do not take the drawing's place", async () => {
    served.api.change(({ executions }) => {
      executions.push({
        ...(executions[0] as (typeof executions)[number]),
        ...{ arn: 'own', status: 'SUCCEEDED', outcome: 'own-change', currentState: 'OwnChange' },
        ...{ path: ['Inspect', 'Judge', 'OwnChange'], startedAt: new Date(Date.now() + 1000).toISOString() },
      });
    });
    const { page } = await open(/Executions/);
    expect(await page.getByRole('radio').count()).toBe(1);
    await page.getByRole('img', { name: 'State machine; now in RequestApproval' }).waitFor();
    await page.getByText('The guard’s own writes: 1').click();
    expect(await page.getByRole('radio').count()).toBe(2);
    await page.getByRole('radio').last().check();
    await page.getByRole('img', { name: 'State machine; ended in OwnChange: own-change' }).waitFor();
  });

  test('an e-mail has links to new tabs, for http and https only', async () => {
    served.api.state.emails.push({
      messageId: 'm-1',
      to: 'admin@example.com',
      subject: 'Held: my-bad-policy',
      text: 'Approve:\nhttp://localhost:3000/decide?request=r1\n\njavascript:alert(1)',
      links: ['http://localhost:3000/decide?request=r1'],
      sentAt: new Date().toISOString(),
    });
    const { page } = await open(/E-mails/);
    const links = page.getByRole('tabpanel').getByRole('link');
    expect(await links.count()).toBe(1);
    expect(await links.getAttribute('href')).toBe('http://localhost:3000/decide?request=r1');
    expect(await links.getAttribute('target')).toBe('_blank');
    expect(await links.getAttribute('rel')).toContain('noopener');
  });
});

describe.skipIf(!hasChromium)(titled('foreign text'), () => {
  const PAYLOAD = '<img src=x onerror="window.hacked=true"><script>window.hacked=true</script>';

  test('is never markup, wherever it turns up', async () => {
    served.api.change((state) => {
      const mrkdwn = { type: 'mrkdwn', text: `${PAYLOAD} <javascript:window.hacked=true|click me>` };
      const blocks = [
        { type: 'header', text: { type: 'plain_text', text: PAYLOAD } },
        { type: 'section', text: mrkdwn, fields: [mrkdwn] },
        { type: 'context', elements: [mrkdwn] },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              url: 'javascript:window.hacked=true',
              text: { type: 'plain_text', text: 'go' },
            },
          ],
        },
      ];
      state.slack.messages.push(aMessage({ ts: slackTime(new Date()), text: PAYLOAD, blocks }));
      state.policies.push({
        ...(state.policies[0] as (typeof state.policies)[number]),
        arn: 'x',
        name: PAYLOAD,
      });
      state.emails.push({
        messageId: 'm-1',
        to: PAYLOAD,
        subject: PAYLOAD,
        text: PAYLOAD,
        links: [],
        sentAt: new Date().toISOString(),
      });
      state.audit.push({ at: new Date().toISOString(), event: PAYLOAD, detail: PAYLOAD });
      for (const { change } of state.requests) change.requester.label = PAYLOAD;
    });
    const { page, complaints } = await open(/Policies/);
    await page.getByText('click me').first().click();
    await page.getByText('go', { exact: true }).click();
    expect(await page.locator('img, #page script, a[href^="javascript"]').count()).toBe(0);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(complaints).toEqual([]);
  });
});

describe.skipIf(!hasChromium)(titled('the page as a whole'), () => {
  test('asks nobody but its own server, and nothing is complained of', async () => {
    const { page, complaints, foreignRequests } = await open(/Policies/);
    for (const tab of await page.getByRole('tab').all()) await tab.click();
    expect(complaints).toEqual([]);
    expect(foreignRequests).toEqual([]);
  });

  test.each([360, 768, 1024])('fits a screen of %i pixels', async (width) => {
    const { page } = await open(/Policies/, { viewport: { width, height: 740 } });
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      const tooWide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(tooWide, String(await tab.textContent())).toBe(0);
    }
  });

  test('on a small screen the channel is a tab, and all of it can be reached', async () => {
    const { page } = await open(/Channel/, { viewport: { width: 360, height: 640 } });
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect.poll(() => served.api.received).toMatchObject([{ path: '/api/slack/actions' }]);
  });

  test('can be used with the keyboard alone', async () => {
    const { page } = await served.open();
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 40 && (await focused()) !== name; presses += 1)
        await page.keyboard.press('Tab');
      expect(await focused()).toBe(name);
      const outline = await page.evaluate(
        () => getComputedStyle(document.activeElement as Element).outlineStyle,
      );
      expect(outline).toBe('solid');
    };
    await tabTo('Approve');
    await page.keyboard.press('Enter');
    await expect.poll(() => served.api.received).toMatchObject([{ body: { action_id: 'approve' } }]);
    await tabTo('Change');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tab', { name: /Policies/ }).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('End');
    expect(await page.getByRole('tab', { name: /Faults/ }).getAttribute('aria-selected')).toBe('true');
  });

  test('the introduction goes away for good when it is dismissed, and comes back on request', async () => {
    const { page } = await served.open();
    const introduction = page.getByRole('region', { name: 'What you see here' });
    await introduction.getByText('aws iam create-policy').waitFor();
    await page.getByRole('button', { name: 'Dismiss the introduction' }).click();
    await page.reload();
    await page.getByRole('tab', { name: /Policies/ }).waitFor();
    expect(await introduction.count()).toBe(0);
    await page.getByRole('button', { name: 'What is this?' }).click();
    await introduction.waitFor();
  });

  test('says so when the sandbox is gone', async () => {
    const { page } = await served.open();
    await page.route('**/api/**', (route) => route.abort());
    served.api.change(() => {});
    await page.getByText('Lost contact with the sandbox').waitFor();
  });
});
