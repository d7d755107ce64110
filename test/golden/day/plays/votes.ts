import { ADA, DANA, GRACE } from '../../../support/guarded-sandbox.ts';
import { asked } from '../changes.ts';
import type { Play } from '../play.ts';

/** A requester whom nobody knows in Slack: two have to approve. */
export const byTwo: Play = {
  async tell(stage) {
    const request = await asked(stage, 'clean-up', 'deployer');
    await stage.moment('asked');
    await stage.reply('Ada approves', stage.click(request, 'approve', ADA));
    await stage.moment('one of two');
    await stage.reply('Ada approves again', stage.click(request, 'approve', ADA));
    await stage.reply('Grace approves', stage.click(request, 'approve', GRACE));
    await stage.ended(request.id);
    await stage.moment('two of two');
  },
};

/** BREAK_GLASS=true: an approver decides about their own change, with a reason, and everybody hears of it. */
export const breakGlass: Play = {
  environment: { BREAK_GLASS: 'true' },
  async tell(stage) {
    const request = await asked(stage, 'clean-up');
    await stage.moment('asked');
    const modal = await stage.reply('Approve', stage.click(request, 'approve', DANA));
    await stage.reply('a reason of blanks', stage.submit(modal, ' '.repeat(10), DANA));
    await stage.reply('a reason', stage.submit(modal, 'Production is down and nobody is awake.', DANA));
    await stage.ended(request.id);
    await stage.moment('approved');
  },
};
