import {
  ADA,
  BOT,
  DANA,
  DEACTIVATED,
  DEVON,
  ELSEWHERE,
  EXTERNAL,
  GUEST,
} from '../../../support/guarded-sandbox.ts';
import { asked } from '../changes.ts';
import type { Play } from '../play.ts';

/** Clicks that decide nothing, and what those who clicked are told. */
export const refused: Play = {
  environment: { APPROVERS: 'S0SECURIT,S0DEVELOP' },
  async tell(stage) {
    const request = await asked(stage, 'clean-up');
    await stage.moment('asked');
    for (const user of [DANA, GUEST, EXTERNAL, DEACTIVATED, BOT, ELSEWHERE]) {
      await stage.reply(`${user} approves`, stage.click(request, 'approve', user));
    }
    await stage.reply('the requester denies', stage.click(request, 'deny', DANA));
    await stage.reply('a guest asks for details', stage.click(request, 'details', GUEST));
    await stage.post('/api/faults', { slackLookups: 'down' });
    await stage.reply('Slack cannot tell who it is', stage.click(request, 'approve', ADA));
    await stage.reply('nor who asks for details', stage.click(request, 'details', ADA));
    const unknown = await asked(stage, 'by-nobody-known', 'margaret');
    await stage.moment('asked while Slack cannot tell who the requester is');
    await stage.post('/api/faults', { slackLookups: 'up' });
    await stage.deny(request, DEVON);
    await stage.ended(request.id);
    await stage.deny(unknown, ADA);
    await stage.ended(unknown.id);
    await stage.moment('denied by a member of another group');
  },
};
