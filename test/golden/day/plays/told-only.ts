import { allowed, create, HARMLESS } from '../changes.ts';
import type { Play } from '../play.ts';

/** MODE=observe: told, and left in force. */
export const observed: Play = {
  environment: { MODE: 'observe' },
  async tell(stage) {
    await create(stage, 'clean-up');
    await stage.until('the report', ({ executions }) =>
      executions.find(({ status }) => status === 'SUCCEEDED'),
    );
    await stage.moment('observed');
    await stage.reply('Home', stage.openHome());
    await stage.reply('list', stage.command('list'));
  },
};

/** An exempt requester, and the summary of the day. */
export const exempt: Play = {
  environment: {
    EXEMPT_REQUESTERS: 'arn:aws:iam::123456789012:user/developer until 2099-12-31: the migration',
  },
  async tell(stage) {
    await create(stage, 'migration', { caller: 'developer' });
    await stage.until('the end', ({ executions }) => executions.find(({ status }) => status === 'SUCCEEDED'));
    await stage.moment('exempt');
    await stage.sandbox.summarise();
    await stage.moment('the summary');
    await stage.reply('Home', stage.openHome());
    await stage.reply('list', stage.command('list'));
  },
};

const tellOfHarmless: Play['tell'] = async (stage) => {
  await create(stage, 'harmless', { document: HARMLESS });
  await allowed(stage, 'CreatePolicy');
  await stage.moment('told of what was allowed');
};

export const notified: Play = { environment: { NOTIFY_ALLOWED: 'slack' }, tell: tellOfHarmless };
export const notifiedByEmail: Play = { environment: { NOTIFY_ALLOWED: 'email' }, tell: tellOfHarmless };
