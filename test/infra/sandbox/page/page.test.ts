import { describe, expect, test } from 'vitest';
import type { SandboxState } from '../../../../infra/sandbox/api/contract.ts';
import { hasChromium, titled } from './browser.ts';
import { SILENT } from './fake-api.ts';
import { actions, button, reasonView } from './fake-blocks.ts';
import { APPROVER, aMessage, CHANNEL, REQUESTER, slackTime } from './fake-state.ts';
import { servePage } from './served-page.ts';

const served = servePage();
const { open, received } = served;
const nextMessage = (overrides: Partial<SandboxState['slack']['messages'][number]>) =>
  served.api.change((state) => {
    state.slack.messages.push(aMessage({ ts: slackTime(new Date(Date.now() + 1000)), ...overrides }));
  });

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
          ts: served.api.state.slack.messages[0]?.ts,
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
    served.api.answer('/api/slack/actions', () => ({
      body: { ...SILENT, ok: false, warning: 'No answer within 3 s' },
    }));
    const { page } = await open();
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'No answer within 3 s' }).waitFor();
  });

  test('a refused click says what was refused', async () => {
    served.api.answer('/api/slack/actions', () => ({
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
    nextMessage({ text: 'Still waiting', threadTs: served.api.state.slack.messages[0]?.ts ?? null });
    const thread = page.getByRole('group').filter({ hasText: '1 reply' });
    await thread.getByText('Still waiting').waitFor();
  });

  test('a long thread shows its latest replies until it is opened, and then stays open', async () => {
    const threadTs = served.api.state.slack.messages[0]?.ts ?? null;
    const reply = (second: number) => {
      // A second later than the message even for the first, which may be made in its very millisecond.
      const ts = slackTime(new Date(Date.now() + (second + 1) * 1000));
      const blocks = [actions('reply', [button('approve', `Approve ${second}`, { value: `r${second}` })])];
      nextMessage({ ts, threadTs, blocks });
      return ts;
    };
    const [first] = Array.from({ length: 40 }, (_, second) => reply(second));
    const { page } = await open();
    const thread = page.getByRole('group').filter({ hasText: '40 replies' });
    await expect.poll(() => thread.getByRole('article').count()).toBe(2);
    await thread.getByRole('button', { name: 'Show 38 earlier replies' }).click();
    await thread.getByRole('button', { name: 'Approve 0', exact: true }).click();
    await expect.poll(() => received('/api/slack/actions')).toMatchObject([{ ts: first, value: 'r0' }]);
    reply(40);
    const grown = page.getByRole('group').filter({ hasText: '41 replies' });
    await expect.poll(() => grown.getByRole('article').count()).toBe(41);
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

  test('a pasted policy keeps its lines and its white space', async () => {
    const { page } = await open();
    const field = page.getByLabel('Command in #security');
    const before = await field.boundingBox();
    await field.fill('/policy-guard check {\n  "Action":  "s3:*"\n}');
    expect((await field.boundingBox())?.height).toBeGreaterThan(before?.height ?? 0);
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => received('/api/slack/commands'))
      .toMatchObject([{ text: 'check {\n  "Action":  "s3:*"\n}\n' }]);
  });

  test('a slash brings the commands, to be chosen with the keyboard', async () => {
    const { page } = await open();
    const field = page.getByLabel('Command in #security');
    await field.fill('/');
    expect(await page.getByRole('option').filter({ hasText: '/policy-guard' }).count()).toBe(7);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('/policy-guard help');
    expect(await page.getByRole('listbox', { name: 'Commands' }).count()).toBe(0);
    await page.keyboard.press('Enter');
    await expect.poll(() => received('/api/slack/commands')).toMatchObject([{ text: 'help' }]);
  });

  test('a command that is not answered in time gets a word from Slackbot', async () => {
    served.api.answer('/api/slack/commands', () => ({
      body: { ...SILENT, ok: false, warning: 'operation_timeout' },
    }));
    const { page } = await open();
    await page.getByLabel('Command in #security').fill('/policy-guard');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('article').filter({ hasText: 'Slackbot' }).getByText('operation_timeout').waitFor();
  });

  test('Slack is switched off and the banner leads to the e-mails', async () => {
    served.api.answer('/api/faults', ({ slack }) => {
      served.api.change((state) => {
        state.faults.slack = slack as 'up' | 'down';
      });
      return { body: {} };
    });
    const { page } = await open();
    await page.getByRole('switch', { name: 'Slack up' }).click();
    await page.getByRole('button', { name: 'Show the e-mails' }).click();
    expect(await page.getByRole('tab', { name: /E-mails/ }).getAttribute('aria-selected')).toBe('true');
    expect(await page.getByRole('switch', { name: 'Slack down' }).getAttribute('aria-checked')).toBe('false');
  });

  test('lookups are switched off by themselves', async () => {
    served.api.answer('/api/faults', ({ slackLookups }) => {
      served.api.change((state) => {
        state.faults.slackLookups = slackLookups as 'up' | 'down';
      });
      return { body: {} };
    });
    const { page } = await open();
    await page.getByRole('switch', { name: 'Lookups up' }).click();
    await page.getByText('Lookups are down.').waitFor();
    expect(received('/api/faults')).toEqual([{ slackLookups: 'down' }]);
    expect(await page.getByRole('switch', { name: 'Slack up' }).getAttribute('aria-checked')).toBe('true');
  });

  test('people who never count are named apart, with what they are', async () => {
    const { page } = await open();
    const groups = page.getByLabel('Acting as').locator('optgroup');
    expect(await groups.evaluateAll((each) => each.map((group) => group.getAttribute('label')))).toEqual([
      'Members',
      'People who never count',
    ]);
    await page.getByLabel('Acting as').selectOption({ label: 'Gus (guest)' });
    await page.getByText('A guest: sees the channel, never counts').waitFor();
  });
});

describe.skipIf(!hasChromium)(titled('a modal'), () => {
  const view = reasonView();
  const openModal = async () => {
    served.api.answer('/api/slack/actions', ({ user }) => ({
      body: { ...SILENT, view: { id: 'V1', user: String(user), view } },
    }));
    const { page } = await open();
    await page.getByRole('button', { name: 'Decide with a reason…' }).click();
    return { page, dialog: page.getByRole('dialog', { name: 'Decide with a reason' }) };
  };

  test('is submitted with the values as Slack sends them, and closes', async () => {
    const { dialog } = await openModal();
    await dialog.getByLabel('Reason').fill('not tonight');
    await dialog.getByRole('button', { name: 'Decide' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(received('/api/slack/views')).toMatchObject([
      {
        user: APPROVER,
        view_id: 'V1',
        values: {
          reason: { reason: { type: 'plain_text_input', value: 'not tonight' } },
        },
      },
    ]);
  });

  test('shows what is missing, and what the bot objects to, beside the field', async () => {
    served.api.answer('/api/slack/views', () => ({
      body: { ...SILENT, ok: false, errors: { reason: 'Say more than that.' } },
    }));
    const { dialog } = await openModal();
    await dialog.getByRole('button', { name: 'Decide' }).click();
    expect(await dialog.getByText('Please complete this required field.').count()).toBe(1);
    expect(received('/api/slack/views')).toEqual([]);
    await dialog.getByLabel('Reason').fill('ok');
    await dialog.getByRole('button', { name: 'Decide' }).click();
    await dialog.getByText('Say more than that.').waitFor();
    const describedBy = await dialog.getByLabel('Reason').getAttribute('aria-describedby');
    expect(describedBy).toContain('reason-error');
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
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Decide with a reason…');
  });
});

describe.skipIf(!hasChromium)(titled('making a change'), () => {
  test('an example fills the form and is sent in the name of whoever is chosen', async () => {
    served.api.answer('/api/changes', () => ({ body: { Policy: { PolicyName: 'housekeeping' } } }));
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
    served.api.answer('/api/changes', () => ({
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
