import { describe, expect, it } from 'vitest';
import { SlackCallError } from '../../../../bot/media/slack/api/slack-error.ts';
import { announce } from '../../../../bot/notices/announce.ts';
import type { ApprovalRequest, Vote } from '../../../../workflow/ledger/request.ts';
import { ledgerOfThisFile } from '../../../support/ledger.ts';
import { APPROVED, DENIED } from '../../../support/requests.ts';
import { fakeDeps } from '../fake-deps.ts';
import { endedAs, recorded } from '../recorded.ts';

const { ledger } = await ledgerOfThisFile();

const slack = { channel: 'C1', ts: '1.0' };
const { by, via, at } = APPROVED;
const OWN: Vote = { ...{ by, at }, via: 'slack', reason: 'Production is down.', breakGlass: true };

describe('break glass', () => {
  async function broken(overrides: Partial<ApprovalRequest> = {}) {
    const request = await recorded(ledger, { slack, votes: [OWN], ...overrides });
    await ledger.decide(request.id, {
      decision: 'approved',
      by,
      via,
      at,
      breakGlass: true,
      reason: OWN.reason,
    });
    return { state: endedAs(request, 'approved'), retryCount: 0 };
  }

  it('calls the whole channel, and the thread holds the outcome too', async () => {
    const { deps, heard } = fakeDeps(ledger);
    await announce(deps, await broken());
    expect(heard.sent).toMatchObject([{ to: 'C1' }, { to: 'C1', threadTs: '1.0' }]);
    expect(heard.sent[0]?.threadTs).toBeUndefined();
    expect(heard.posted[0]?.text).toMatch(/^<!channel> Break glass/);
    expect(JSON.stringify(heard.posted[0]?.blocks)).toContain('<!channel>');
    expect(JSON.stringify(heard.posted[0]?.blocks)).toContain('Production is down.');
  });

  it('is mailed to the administrator too', async () => {
    const { deps, heard } = fakeDeps(ledger);
    await announce(deps, await broken());
    expect(heard.mailed).toMatchObject([{ subject: expect.stringContaining('BREAK GLASS: approved') }]);
    expect(heard.mailed[0]?.text).toContain('Production is down.');
  });

  it('is one e-mail when Slack is away', async () => {
    const { deps, heard } = fakeDeps(ledger);
    deps.slack.update = () => Promise.reject(new Error('down'));
    await announce(deps, await broken());
    expect(heard.mailed).toHaveLength(1);
  });

  it('calls the channel once, although the thread has to wait for Slack’s rate limit', async () => {
    const { deps, heard } = fakeDeps(ledger);
    const { reply } = deps.slack;
    let refused = 0;
    deps.slack.reply = async (...args) => {
      if (refused++ === 0) throw new SlackCallError('chat.postMessage', 'rate-limited', 'ratelimited');
      return reply(...args);
    };
    await announce(deps, await broken());
    expect(heard.sent).toHaveLength(2);
  });

  it('is loud also when somebody else denied it afterwards', async () => {
    const request = await recorded(ledger, { slack, approvalsNeeded: 2, votes: [OWN] });
    await ledger.decide(request.id, DENIED);
    const { deps, heard } = fakeDeps(ledger);
    await announce(deps, { state: endedAs(request, 'denied'), retryCount: 0 });
    expect(heard.posted[0]?.text).toMatch(/^<!channel> Break glass/);
  });
});

describe('any other outcome', () => {
  it('calls nobody and is mailed to nobody', async () => {
    const request = await recorded(ledger, { slack });
    await ledger.decide(request.id, APPROVED);
    const { deps, heard } = fakeDeps(ledger);
    await announce(deps, { state: endedAs(request, 'approved'), retryCount: 0 });
    expect(JSON.stringify(heard.posted)).not.toContain('<!channel>');
    expect(heard.mailed).toEqual([]);
  });
});
