import { describe, expect, it } from 'vitest';
import { SlackCallError } from '../../../../bot/media/slack/api/slack-error.ts';
import { textMessage } from '../../../../bot/media/slack/blocks/blocks.ts';
import { announce } from '../../../../bot/notices/announce.ts';
import { inform, ON_THEIR_OWN } from '../../../../bot/notices/informed/inform.ts';
import { informedMessage } from '../../../../bot/notices/informed/message.ts';
import { type Information, MOST_INFORMED } from '../../../../workflow/ledger/informed.ts';
import { allText } from '../../../support/block-kit.ts';
import { ledgerOfThisFile } from '../../../support/ledger.ts';
import { fakeDeps } from '../fake-deps.ts';
import { EXECUTION, quarantined } from '../states.ts';

const { ledger } = await ledgerOfThisFile();

const down = () => Promise.reject(new SlackCallError('chat.update', 'unreachable', 'HTTP 503'));

/** No two tests share their ten minutes. */
let windows = 0;
function later(changes: Parameters<typeof fakeDeps>[1] = {}) {
  const at = Date.parse('2026-03-02T00:00:00.000Z') + windows++ * 10 * 60_000;
  return fakeDeps(ledger, { now: () => new Date(at), ...changes });
}

function gone(deps: ReturnType<typeof fakeDeps>['deps'], name: string, retryCount = 0) {
  const { containment: _, ...state } = quarantined(name, { status: 'gone', detail: 'It was deleted.' });
  return announce(deps, { state: { ...state, executionArn: `${EXECUTION}-${name}` } as never, retryCount });
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `e${index}`);

describe('what nobody has to decide', () => {
  it('is a message each while there are few', async () => {
    const { deps, heard } = later();
    for (const name of names(ON_THEIR_OWN)) await gone(deps, name);
    expect(heard.posted.map(({ text }) => text)).toEqual(
      Array(ON_THEIR_OWN).fill(expect.stringContaining('Nobody was asked: It was deleted.')),
    );
  });

  it('is counted in one message when there are many, which says who and how many', async () => {
    const { deps, heard } = later();
    for (const name of names(40)) expect(await gone(deps, name)).toMatchObject({ outcome: 'gone' });
    expect(heard.posted).toHaveLength(ON_THEIR_OWN + 1);
    expect(heard.posted.at(-1)?.text).toContain(`${ON_THEIR_OWN + 1} changes ended before anybody was asked`);
    const { ref, message } = heard.updated.at(-1) ?? {};
    expect(ref?.ts).toBe(`1.${ON_THEIR_OWN + 1}`);
    expect(allText(message?.blocks)).toMatch(/ℹ️ 40 changes ended before anybody was asked/);
    expect(allText(message?.blocks)).toContain('40 gone');
    expect(heard.mailed).toEqual([]);
  });

  it('is said in the audit trail each time, with the message that counts it', async () => {
    const { deps } = later();
    for (const name of names(8)) await gone(deps, name);
    const trail = await ledger.auditSince(deps.now().toISOString());
    const inWhich = (name: string) =>
      trail.find(({ executionArn }) => executionArn === `${EXECUTION}-${name}`)?.slackTs;
    expect(['e5', 'e6', 'e7'].map(inWhich)).toEqual(Array(3).fill(`1.${ON_THEIR_OWN + 1}`));
  });

  it('counts what is tried again once', async () => {
    const { deps, heard } = later();
    for (const name of [...names(8), 'e7', 'e7']) await gone(deps, name);
    expect(allText(heard.updated.at(-1)?.message.blocks)).toContain('8 changes ended');
  });

  it('stands by itself again in the next ten minutes', async () => {
    const { deps } = later();
    for (const name of names(8)) await gone(deps, name);
    const next = later();
    await gone(next.deps, 'after');
    expect(next.heard.posted[0]?.text).toContain('Nobody was asked');
  });

  it('is tried again while its message is not brought up to date, and stands by itself in the end', async () => {
    const { deps, heard } = later();
    for (const name of names(8)) await gone(deps, name);
    const deaf = { ...deps, slack: { ...deps.slack, update: down } };
    await expect(gone(deaf, 'e8')).rejects.toMatchObject({ name: 'PolicyGuard.SlackRateLimited' });
    await gone(deaf, 'e8', 50);
    expect(heard.posted.at(-1)?.text).toContain('Nobody was asked');
  });

  it('waits for whoever posts the message that counts it', async () => {
    const { deps } = later();
    for (const name of names(ON_THEIR_OWN)) await gone(deps, name);
    const busy = { ...ledger, claimGroup: async () => ({ status: 'busy' }) as const };
    await expect(gone({ ...deps, ledger: busy }, 'e5')).rejects.toMatchObject({
      name: 'PolicyGuard.SlackRateLimited',
    });
  });

  it.each(['keepInformation', 'findCrowd', 'listInformed', 'claimGroup'] as const)(
    'stands by itself when the ledger fails to %s',
    async (method) => {
      const { deps, heard } = later();
      for (const name of names(ON_THEIR_OWN)) await gone(deps, name);
      const failing = { ...ledger, [method]: () => Promise.reject(new Error('away')) };
      await gone({ ...deps, ledger: failing }, 'last');
      expect(heard.posted).toHaveLength(ON_THEIR_OWN + 1);
      expect(heard.posted.at(-1)?.text).toContain('Nobody was asked');
    },
  );

  it('goes by e-mail while Slack is away', async () => {
    const { deps, heard } = later();
    for (const name of names(8)) await gone(deps, name);
    const away = { ...deps.slack, update: down, post: down };
    await gone({ ...deps, slack: away }, 'mailed', 50);
    expect(heard.mailed).toHaveLength(1);
  });

  it('does not count what was let through with what has ended', async () => {
    const { deps, heard } = later();
    for (const name of names(8)) await gone(deps, name);
    const message = textMessage('🟢 Allowed');
    const { executionArn: id } = quarantined('allowed');
    const email = async () => ({ messageId: 'mail', to: 'admin@example.com' });
    const information = { id, who: 'dana', ended: 'let through', what: 'dana created the policy harmless' };
    await inform(deps, {
      of: 'let through',
      information,
      requestId: 'allowed',
      retryCount: 0,
      message,
      email,
    });
    expect(heard.posted.at(-1)).toEqual(message);
  });
});

describe('the message that counts them', () => {
  const one = (who: string, index: number): Information => ({
    ...{ id: `${index}`, at: '2026-03-02T00:00:01.000Z', who, ended: 'gone' },
    what: `${who} created the policy ${'p'.repeat(300)}`,
  });

  it('names whoever made most first, and how many others', () => {
    const informed = [one('honest', 0), ...names(12).map((who, index) => one(who, index)), one('e3', 99)];
    const text = allText(informedMessage('let through', '2026-03-02T00:00:00.000Z', informed).blocks);
    expect(text).toMatch(/• \*e3\*: 2 gone/);
    expect(text).toContain('… and 5 others');
  });

  it('says that there are more than are read', () => {
    const most = Array.from({ length: MOST_INFORMED }, (_, index) => one('cleanup', index));
    expect(informedMessage('let through', '2026-03-02T00:00:00.000Z', most).text).toContain(
      '500 or more changes',
    );
  });
});
