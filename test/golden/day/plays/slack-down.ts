import { create } from '../changes.ts';
import type { Play, Stage } from '../play.ts';

const press = (reason = '') => ({ method: 'POST', body: new URLSearchParams({ reason }) });

/** Slack is down, so an e-mail asks. @returns its links by decision */
async function mailed(stage: Stage, name: string) {
  await stage.post('/api/faults', { slack: 'down' });
  const arn = await create(stage, name, { caller: 'developer' });
  const { links } = await stage.until('an e-mail', ({ emails }) =>
    emails.find(({ text, links }) => text.includes(arn) && links.some((link) => link.includes('/decide'))),
  );
  await stage.moment('asked by e-mail');
  const link = (decision: string) => links.find((each) => each.includes(`decision=${decision}`)) ?? '';
  return { arn, approve: link('approve'), deny: link('deny') };
}

const ended = (stage: Stage, arn: string) =>
  stage.until('the end', ({ requests }) =>
    requests.find(({ policyArn, outcome }) => policyArn === arn && outcome !== null),
  );

/** Decided by links; Slack comes back. */
export const slackDown: Play = {
  async tell(stage) {
    const first = await mailed(stage, 'clean-up');
    await stage.page('the approve link', first.approve);
    await stage.page('the deny link', first.deny);
    await stage.page('a forged link', first.approve.replace(/signature=./, 'signature=-'));
    await stage.page('an expired link', first.approve.replace(/expires=\d+/, 'expires=1000000000'));
    await stage.page('no link', `${stage.sandbox.page}/decide`);
    await stage.page('approved', first.approve, press());
    await ended(stage, first.arn);
    await stage.moment('approved by e-mail');
    await stage.page('the approve link afterwards', first.approve);
    await stage.page('denied too late', first.deny, press('Too late.'));

    const second = await mailed(stage, 'empty-buckets');
    await stage.page('denied', second.deny, press('Not <like> this.'));
    await ended(stage, second.arn);
    await stage.post('/api/faults', { slack: 'up' });
    await stage.moment('denied by e-mail');
  },
};

/** EMAIL_LINKS=deny-only. */
export const denyOnly: Play = {
  environment: { EMAIL_LINKS: 'deny-only' },
  async tell(stage) {
    const { arn, deny } = await mailed(stage, 'clean-up');
    await stage.page('the deny link', deny);
    await stage.page('denied without a reason', deny, press());
    await stage.page('denied', deny, press('Not now.'));
    await ended(stage, arn);
    await stage.moment('denied by e-mail');
  },
};
