import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SandboxState } from '../../../../infra/sandbox/api/contract.ts';
import { aModal } from './a-modal.ts';
import { hasChromium, launchBrowser, type OpenedPage, openPage, titled } from './browser.ts';
import { type FakeApi, SILENT, startFakeApi } from './fake-api.ts';
import { APPROVER, aMessage, aSandboxState, CHANNEL, REQUESTER, slackTime } from './fake-state.ts';

let browser: Browser;
let api: FakeApi;

const received = (path: string) =>
  api.received.filter((request) => request.path === path).map(({ body }) => body);
const nextMessage = (overrides: Partial<SandboxState['slack']['messages'][number]>) =>
  api.change((state) => {
    state.slack.messages.push(aMessage({ ts: slackTime(new Date(Date.now() + 1000)), ...overrides }));
  });

beforeAll(async () => {
  if (hasChromium) browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  api = await startFakeApi(aSandboxState());
});
afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
  await api.stop();
});

const open = (options?: Parameters<typeof openPage>[2]): Promise<OpenedPage> =>
  openPage(browser, api.url, options);

describe.skipIf(!hasChromium)(titled('the channel'), () => {
  test('a click on Approve goes to Slack as the person who is chosen', async () => {
    const { page } = await open();
    await page.getByLabel('Acting as').selectOption({ label: 'Dana' });
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect
      .poll(() => received('/api/slack/actions'))
      .toEqual([
        {
          user: REQUESTER,
          channel: CHANNEL,
          ts: api.state.slack.messages[0]?.ts,
          action_id: 'approve',
          block_id: 'decision',
          value: 'r1a2b3c4d5e6',
        },
      ]);
  });

  test('two quick clicks are two clicks, as in Slack', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Deny', exact: true }).dblclick();
    await expect.poll(() => received('/api/slack/actions')).toHaveLength(2);
  });

  test('what Slack warns of stands beside the message and is announced', async () => {
    api.answer('/api/slack/actions', () => ({
      body: { ...SILENT, ok: false, warning: 'No answer within 3 s' },
    }));
    const { page } = await open();
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'No answer within 3 s' }).waitFor();
  });

  test('a refused click says what was refused', async () => {
    api.answer('/api/slack/actions', () => ({
      status: 400,
      body: { error: { code: 'NotFound', message: 'The message has no button approve (any more).' } },
    }));
    const { page } = await open();
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText('no button approve').waitFor();
  });

  test('a new message appears by itself and is announced', async () => {
    const { page } = await open();
    nextMessage({ text: 'Approved by Robin' });
    await page.getByRole('article').getByText('Approved by Robin').waitFor();
    await page.getByRole('status').filter({ hasText: 'Message: Approved by Robin' }).waitFor();
  });

  test('replies stand in a thread under their message', async () => {
    const { page } = await open();
    nextMessage({ text: 'Still waiting', threadTs: api.state.slack.messages[0]?.ts ?? null });
    const thread = page.getByRole('group').filter({ hasText: '1 reply' });
    await thread.getByText('Still waiting').waitFor();
  });

  test('what only one person sees is shown to that person alone', async () => {
    nextMessage({ text: 'You may not decide', ephemeralFor: REQUESTER });
    const { page } = await open();
    expect(await page.getByText('You may not decide').count()).toBe(0);
    await page.getByLabel('Acting as').selectOption({ label: 'Dana' });
    await page.getByText('Only visible to you').waitFor();
  });

  test('a command goes to Slack in its two parts', async () => {
    const { page } = await open();
    await page.getByLabel('Command in #security').fill('/policy-guard  list s3:');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => received('/api/slack/commands'))
      .toEqual([{ user: APPROVER, command: '/policy-guard', text: 'list s3:' }]);
  });

  test('a command that is not answered in time gets a word from Slackbot', async () => {
    api.answer('/api/slack/commands', () => ({
      body: { ...SILENT, ok: false, warning: 'operation_timeout' },
    }));
    const { page } = await open();
    await page.getByLabel('Command in #security').fill('/policy-guard');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('article').filter({ hasText: 'Slackbot' }).getByText('operation_timeout').waitFor();
  });

  test('Slack is switched off and the banner leads to the e-mails', async () => {
    api.answer('/api/faults', ({ slack }) => {
      api.change((state) => {
        state.slack.up = slack === 'up';
      });
      return { body: {} };
    });
    const { page } = await open();
    await page.getByRole('switch', { name: 'Slack is up' }).click();
    await page.getByRole('button', { name: 'Show the e-mails' }).click();
    expect(await page.getByRole('tab', { name: /E-mails/ }).getAttribute('aria-selected')).toBe('true');
    expect(await page.getByRole('switch', { name: 'Slack is down' }).getAttribute('aria-checked')).toBe(
      'false',
    );
  });
});

describe.skipIf(!hasChromium)(titled('a modal'), () => {
  const view = aModal() as Record<string, unknown>;
  const openModal = async () => {
    api.answer('/api/slack/actions', ({ user }) => ({
      body: { ...SILENT, view: { id: 'V1', user: String(user), view } },
    }));
    const { page } = await open();
    await page.getByRole('button', { name: 'Details' }).click();
    return { page, dialog: page.getByRole('dialog', { name: 'Decide with a reason' }) };
  };

  test('is submitted with the values as Slack sends them, and closes', async () => {
    const { dialog } = await openModal();
    await dialog.getByRole('radio', { name: /Deny/ }).check();
    await dialog.getByLabel('Reason').fill('not tonight');
    await dialog.getByRole('button', { name: 'Decide' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(received('/api/slack/views')).toMatchObject([
      {
        user: APPROVER,
        view_id: 'V1',
        values: {
          decision: { decision: { type: 'radio_buttons', selected_option: { value: 'denied' } } },
          reason: { reason: { type: 'plain_text_input', value: 'not tonight' } },
        },
      },
    ]);
  });

  test('shows what is missing, and what the bot objects to, beside the field', async () => {
    api.answer('/api/slack/views', () => ({
      body: { ...SILENT, ok: false, errors: { reason: 'Say more than that.' } },
    }));
    const { dialog } = await openModal();
    await dialog.getByRole('button', { name: 'Decide' }).click();
    expect(await dialog.getByText('Please complete this required field.').count()).toBe(2);
    expect(received('/api/slack/views')).toEqual([]);
    await dialog.getByRole('radio', { name: /Approve/ }).check();
    await dialog.getByLabel('Reason').fill('ok');
    await dialog.getByRole('button', { name: 'Decide' }).click();
    await dialog.getByText('Say more than that.').waitFor();
    const describedBy = await dialog.getByLabel('Reason').getAttribute('aria-describedby');
    expect(describedBy).toContain('view-reason-error');
  });

  test('closes on Escape, keeps the focus inside, and gives it back to its button', async () => {
    const { page, dialog } = await openModal();
    await dialog.waitFor();
    for (let presses = 0; presses < 8; presses += 1) {
      await page.keyboard.press('Tab');
      const outside = await page.evaluate(
        () => document.activeElement !== document.body && document.activeElement?.closest('dialog') === null,
      );
      expect(outside).toBe(false);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Details');
  });
});

describe.skipIf(!hasChromium)(titled('making a change'), () => {
  test('an example fills the form and is sent in the name of whoever is chosen', async () => {
    api.answer('/api/changes', () => ({ body: { Policy: { PolicyName: 'housekeeping' } } }));
    const { page } = await open();
    await page.getByRole('button', { name: /Wildcards/ }).click();
    await page.getByLabel('Made by').selectOption({ label: 'Root user of the account' });
    await page.getByRole('button', { name: 'CreatePolicy', exact: true }).click();
    await page.getByText('AWS accepted').waitFor();
    expect(received('/api/changes')).toMatchObject([
      {
        caller: 'AKIAROOTUSERXEXAMPLE',
        operation: 'CreatePolicy',
        parameters: { PolicyName: 'housekeeping', PolicyDocument: expect.stringContaining('S3:Del*Buck?t') },
      },
    ]);
  });

  test('what AWS refuses is shown with its code', async () => {
    api.answer('/api/changes', () => ({
      status: 400,
      body: { error: { code: 'MalformedPolicyDocument', message: 'Syntax errors in policy.' } },
    }));
    const { page } = await open();
    await page.getByLabel('Policy document').fill('no policy');
    await page.getByRole('button', { name: 'CreatePolicy', exact: true }).click();
    await page
      .getByRole('status')
      .filter({ hasText: 'MalformedPolicyDocument: Syntax errors in policy.' })
      .waitFor();
  });

  test('the fields follow the kind of change', async () => {
    const { page } = await open();
    await page.getByLabel('Kind of change').selectOption('AttachGroupPolicy');
    await page
      .getByLabel('Policy', { exact: true })
      .selectOption({ label: 'AdministratorAccess (AWS managed)' });
    await page.getByRole('button', { name: 'AttachGroupPolicy', exact: true }).click();
    await expect
      .poll(() => received('/api/changes'))
      .toMatchObject([
        {
          operation: 'AttachGroupPolicy',
          parameters: { GroupName: 'developers', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
        },
      ]);
  });

  test('what is being typed, the focus and the choice survive whatever happens meanwhile', async () => {
    const { page } = await open();
    await page.getByLabel('Policy name').fill('half-typed');
    nextMessage({ text: 'something else happened' });
    await page.getByText('something else happened').first().waitFor();
    await page.keyboard.type('-name');
    expect(await page.getByLabel('Policy name').inputValue()).toBe('half-typed-name');
  });
});
