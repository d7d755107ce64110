import { ADA, DANA, DEVON, GRACE, GUEST } from '../../../support/guarded-sandbox.ts';
import { asked, BAD } from '../changes.ts';
import type { Play } from '../play.ts';

/** The answers of the slash command. */
export const commands: Play = {
  environment: { RESTRICTED_ACTIONS: 's3:Delete*,iam:PassRole severity=high,@detection-evasion' },
  async tell(stage) {
    const answer = (text: string, user = ADA) =>
      stage.reply(`/policy-guard ${text} (${user})`, stage.command(text, user));
    for (const text of ['', 'help', 'list', 'pending', 'history', 'doctor', 'pendign', 'nonsense']) {
      await answer(text);
    }
    for (const text of [
      's3:DeleteBucket',
      'iam:*',
      'ec2:RunInstances',
      'nonsense',
      '',
      BAD,
      '{"Statement":',
    ]) {
      await answer(`check ${text}`);
    }
    const denied = await asked(stage, 'denied');
    await stage.deny(denied, GRACE, 'Too much.');
    await stage.ended(denied.id);
    const waiting = await asked(stage, 'waiting', 'developer');
    await stage.moment('one is decided, one waits');
    for (const text of ['pending', 'history', 'history 5', 'history 0', 'show', 'show pg-aaaaaaaaaa']) {
      await answer(text);
    }
    for (const { id } of [denied, waiting]) await answer(`show ${id}`);
    for (const text of ['list', 'pending', `show ${waiting.id}`]) await answer(text, GUEST);
    await answer(`show ${waiting.id}`, DEVON);
    await answer('pending', DANA);
  },
};

/** App Home, of those who may decide and of those who may not. */
export const homes: Play = {
  environment: { APPROVALS_REQUIRED: '2', BREAK_GLASS: 'true' },
  async tell(stage) {
    const open = (title: string, user: string) => stage.reply(`Home of ${title}`, stage.openHome(user));
    await open('an approver, before anything', ADA);
    const denied = await asked(stage, 'denied');
    await stage.deny(denied, GRACE, 'Too much.');
    await stage.ended(denied.id);
    const waiting = await asked(stage, 'waiting');
    await stage.moment('one is decided, one waits');
    const home = await open('an approver', ADA);
    await open('the requester', DANA);
    await open('a member', DEVON);
    await open('a guest', GUEST);
    if (home.view === null) throw new Error('There is no Home.');
    await stage.reply('Details on Home', stage.clickIn(home.view, 'details', ADA, waiting.id));
  },
};
