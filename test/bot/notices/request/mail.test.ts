import { describe, expect, it } from 'vitest';
import { requestEmail } from '../../../../bot/notices/request/email.ts';
import { mailRequest } from '../../../../bot/notices/request/mail.ts';
import { ledgerOfThisFile } from '../../../support/ledger.ts';
import { fakeDeps } from '../fake-deps.ts';
import { recorded } from '../recorded.ts';

const { ledger } = await ledgerOfThisFile();

const admin = { protocol: 'email', endpoint: 'Admin@example.com', confirmed: true };
const stranger = { protocol: 'https', endpoint: 'https://mallory.example.net/mails', confirmed: true };

type Deps = Parameters<typeof fakeDeps>[1];

async function mailed(changes: Deps, slack: 'works' | 'is-down' = 'is-down') {
  const { deps, heard } = fakeDeps(ledger, changes);
  await mailRequest(deps, await recorded(ledger), requestEmail, slack);
  const text = heard.mailed[0]?.text ?? '';
  return { heard, text: text.replace(/\s+/g, ' '), links: text.match(/^(Approve|Deny): /gm) };
}

describe('a link to approve', () => {
  it('is in an e-mail that Slack did not take, where the administrator alone is subscribed', async () => {
    const { links } = await mailed({ subscriptions: async () => [admin] });
    expect(links).toEqual(['Approve: ', 'Deny: ']);
  });

  it('is in none while Slack works, and nobody is looked up for it', async () => {
    const subscriptions = () => Promise.reject(new Error('Nobody is looked up.'));
    const { links, text } = await mailed({ subscriptions }, 'works');
    expect(links).toEqual(['Deny: ']);
    expect(text).toContain('no link to approve in this e-mail, because Slack works');
  });

  it.each([
    ['has confirmed', stranger],
    ['has not confirmed yet', { ...stranger, confirmed: false }],
    ['gets the administrator’s address by another way', { ...admin, protocol: 'lambda' }],
  ])('is in none that goes to somebody who %s; they are named', async (_, other) => {
    const { links, text } = await mailed({ subscriptions: async () => [admin, other] });
    expect(links).toEqual(['Deny: ']);
    expect(text).toContain('goes to others than ADMIN_EMAIL too');
  });

  it('makes no link of a stranger’s address', async () => {
    const { text } = await mailed({ subscriptions: async () => [admin, stranger] });
    expect(text).toContain('https[:]//mallory');
  });

  it('is in none where it cannot be looked up who gets it', async () => {
    const { links, text } = await mailed({ subscriptions: () => Promise.reject(new Error('AccessDenied')) });
    expect(links).toEqual(['Deny: ']);
    expect(text).toContain('could not be looked up who else gets it');
  });

  it('is in none where ADMIN_EMAIL is not set', async () => {
    const { links } = await mailed({
      settings: { ADMIN_EMAIL: undefined },
      subscriptions: async () => [admin],
    });
    expect(links).toEqual(['Deny: ']);
  });

  it('is not explained where EMAIL_LINKS allows none anyhow', async () => {
    const { text } = await mailed({
      settings: { EMAIL_LINKS: 'deny-only' },
      subscriptions: async () => [stranger],
    });
    expect(text).not.toContain('no link to approve in this e-mail');
  });
});
