import { expect, it } from 'vitest';
import { requestPost } from '../../../../bot/notices/request/show.ts';
import { allText } from '../../../support/block-kit.ts';
import { aRequest } from '../../../support/requests.ts';

const REQUEST = aRequest('r1', { requester: { status: 'matched', slackUserId: 'U0DANA', by: 'email' } });

it.each([
  ['may not decide', false],
  ['breaks the glass', true],
])('the message says of the requester “%s” as BREAK_GLASS has it', (says, breakGlass) => {
  const settings = { NOTIFY: undefined, MENTION_FROM: 'high' } as const;
  const deps = {
    now: () => new Date(REQUEST.createdAt),
    settings: { ...settings, APPROVERS: ['U0ADA'], ACCOUNT_NAMES: [], BREAK_GLASS: breakGlass },
  };
  expect(allText(requestPost(deps, REQUEST))).toContain(says);
});
