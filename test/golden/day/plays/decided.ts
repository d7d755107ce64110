import { ADA, GRACE } from '../../../support/guarded-sandbox.ts';
import { asked, leaf } from '../changes.ts';
import type { Play } from '../play.ts';

/** One request is approved, another denied with a reason. */
export const decided: Play = {
  environment: { RESTRICTED_ACTIONS: 's3:DeleteBucket severity=critical,s3:DeleteObject severity=low' },
  async tell(stage) {
    const first = await asked(stage, 'clean-up');
    await stage.moment('asked');
    await leaf(stage, 'Details', stage.click(first, 'details'), ADA);
    await stage.reply('Approve', stage.click(first, 'approve', ADA));
    await stage.ended(first.id);
    await stage.moment('approved');
    await stage.reply('Approve, too late', stage.click(first, 'approve', GRACE));

    const second = await asked(stage, 'empty-buckets', 'developer');
    await stage.moment('asked again');
    const modal = await stage.reply('Deny', stage.click(second, 'deny', GRACE));
    await stage.reply('a reason of blanks', stage.submit(modal, '  ', GRACE));
    await stage.reply('a reason', stage.submit(modal, 'Use the <lifecycle> rule & nothing *else*.', GRACE));
    await stage.ended(second.id);
    await stage.moment('denied');
    await leaf(stage, 'Details afterwards', stage.click(second, 'details'), ADA);
  },
};
