import { ADA, GRACE } from '../../../support/guarded-sandbox.ts';
import { asked } from '../changes.ts';
import type { Play, Stage } from '../play.ts';

const NAMES = ['one', 'two', 'three', 'four', 'five'];

/** The fourth request of one requester, and what follows, stand in one thread. */
const ON_THEIR_OWN = 3;

/** Five requests of one requester: of those in the thread one is decided by itself, what is left by Approve all. */
export const group: Play = {
  async tell(stage) {
    const requests = [];
    for (const name of NAMES) {
      requests.push(await asked(stage, name));
      await stage.moment(`asked about ${name}`);
    }
    const [first, ...others] = requests.slice(ON_THEIR_OWN);
    if (first === undefined) throw new Error('Nothing was asked.');
    await stage.deny(first, GRACE, 'Not this one.');
    await stage.ended(first.id);
    await stage.moment('one of the thread is denied');
    await decideTogether(stage);
    for (const { id } of others) await stage.ended(id);
    await stage.moment('all of the thread are decided');
  },
};

async function decideTogether(stage: Stage): Promise<void> {
  const { slack } = await stage.state();
  const head = slack.messages.find(({ blocks }) => JSON.stringify(blocks).includes('approve_all'));
  if (head === undefined) throw new Error('The group has no message.');
  const { channel, ts } = head;
  const click = (action: string) => stage.click({ slack: { channel, ts } } as never, action, ADA);
  await stage.reply('Deny all', click('deny_all'));
  const modal = await stage.reply('Approve all', click('approve_all'));
  await stage.reply('approved together', stage.submit(modal, 'All of them are fine.', ADA));
}
