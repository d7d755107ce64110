import { describe, expect, it } from 'vitest';
import { admit } from '../../../../../bot/media/slack/requests/front-guard.ts';
import type { AuditEntry } from '../../../../../workflow/ledger/audit-trail.ts';
import { SIGNING_SECRET, signedEvent, TEAM } from '../../../functions/slack-world.ts';

/** What is kept of a request, and where. */
async function refused(event: unknown) {
  const audited: AuditEntry[] = [];
  const strangers: AuditEntry[] = [];
  const secret = async () => SIGNING_SECRET;
  await admit(event, {
    signingSecret: { current: secret, refreshed: secret },
    teamId: TEAM,
    now: () => Date.now(),
    audit: async (entry) => void audited.push(entry),
    refuseStranger: (entry) => void strangers.push(entry),
  });
  return { audited, strangers };
}

describe('what is kept of a request that is refused', () => {
  it('is why, and from where, where nothing proves who sent it', async () => {
    const { audited, strangers } = await refused(signedEvent({ token: 'xoxb-1' }, { secret: 'another' }));
    expect(audited).toEqual([]);
    expect(strangers).toMatchObject([
      { event: 'signature.refused', detail: expect.stringContaining('192.0.2.1') },
    ]);
  });

  it('is no secret, no body and no token', async () => {
    const { strangers } = await refused(signedEvent({ token: 'xoxb-1' }, { secret: 'another' }));
    expect(JSON.stringify(strangers)).not.toMatch(new RegExp(`${SIGNING_SECRET}|token|xoxb|v0=`));
  });

  it('is in the audit trail where Slack has signed it', async () => {
    const { audited, strangers } = await refused(signedEvent({ team_id: 'T0OTHER', user_id: 'U0EVE' }));
    expect(strangers).toEqual([]);
    expect(audited).toMatchObject([{ event: 'workspace.refused', slackUserId: 'U0EVE' }]);
  });
});
