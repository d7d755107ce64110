import { describe, expect, it } from 'vitest';
import { tellEverywhere } from '../../../../bot/notices/escalation/everywhere.ts';
import { describeEscalation } from '../../../../bot/notices/escalation/words.ts';
import { allText } from '../../../support/block-kit.ts';
import { ledgerOfThisFile } from '../../../support/ledger.ts';
import { aChange } from '../../../support/requests.ts';
import { fakeDeps } from '../fake-deps.ts';

const { ledger } = await ledgerOfThisFile();

/** A change that could not be taken out of force. */
const failed = (error: string, name = 'e1') =>
  describeEscalation({
    change: aChange(),
    quarantined: false,
    failure: { Error: error, Cause: `not allowed for ${name}` },
    executionArn: `arn:aws:states:us-east-1:123456789012:execution:policy-guard:${name}`,
  });

describe('an escalation', () => {
  it('is one message for one incident, however many changes are in it', async () => {
    const { deps, heard } = fakeDeps(ledger);
    const told: string[] = [];
    for (const name of ['e1', 'e2', 'e3'])
      told.push((await tellEverywhere(deps, failed('AccessDenied', name))).where);
    expect(told[0]).toBe('in Slack and by e-mail');
    expect(told.slice(1)).toEqual(Array(2).fill('in Slack, in the thread of its incident'));
    expect(heard.sent.map(({ threadTs }) => threadTs)).toEqual([undefined, '1.1', '1.1']);
    const calls = heard.posted.filter(({ blocks }) => allText(blocks).includes('<!channel>'));
    expect(calls).toHaveLength(1);
    expect(heard.mailed).toHaveLength(1);
  });

  it('calls again for another trouble, and after ten minutes', async () => {
    const { deps, heard } = fakeDeps(ledger);
    await tellEverywhere(deps, failed('Throttled'));
    await tellEverywhere(deps, failed('Other'));
    const later = () => new Date(deps.now().getTime() + 11 * 60_000);
    await tellEverywhere({ ...deps, now: later }, failed('Throttled'));
    expect(heard.posted.every(({ text }) => text.includes('<!channel>'))).toBe(true);
    expect(heard.mailed).toHaveLength(3);
  });

  it('stands by itself and goes by e-mail too where the thread cannot be written', async () => {
    const { deps, heard } = fakeDeps(ledger);
    await tellEverywhere(deps, failed('Lost'));
    const slack = { ...deps.slack, reply: () => Promise.reject(new Error('thread_not_found')) };
    expect(await tellEverywhere({ ...deps, slack }, failed('Lost', 'e2'))).toMatchObject({
      where: 'in Slack and by e-mail',
    });
    expect(heard.mailed).toHaveLength(2);
  });

  it('names requester and target with links, and says in one line what to do, with the runbook', async () => {
    const { deps, heard } = fakeDeps(ledger, {
      settings: { RUNBOOK_URL: 'https://wiki.example/runbook', ACCOUNT_NAMES: ['123456789012=prod'] },
    });
    await tellEverywhere(deps, failed('Short'));
    const text = allText(heard.posted[0]?.blocks);
    expect(text).toContain(
      '|dana@example.com (Identity Center, role Developer)> created the policy my-bad-policy',
    );
    expect(text).toMatch(/<https:\/\/console\.aws\.amazon\.com\/cloudtrailv2[^|]*\|dana@example\.com /);
    expect(text).toMatch(/<https:\/\/console\.aws\.amazon\.com\/iam[^|]*\|my-bad-policy> · prod \(…9012\)/);
    expect(text).toContain('<https://wiki.example/runbook#a-change-ended-in-failure|the runbook says how>');
    expect(heard.posted[0]?.blocks).toHaveLength(3);
  });

  it('calls the account by its own alias, and in the e-mail by its whole id too', async () => {
    const { deps, heard } = fakeDeps(ledger);
    await tellEverywhere(deps, { ...failed('Aliased'), accountAlias: 'acme' });
    expect(allText(heard.posted[0]?.blocks)).toContain(' · acme (…9012) · ');
    expect(heard.mailed[0]?.text).toMatch(/Account: +acme \(123456789012\)/);
  });
});
