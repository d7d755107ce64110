import { describeRequest } from '../../wording/describe-request.ts';
import { inChannelOnly } from './channel-only.ts';
import { pendingMessage } from './pending-message.ts';

/** More would not be read; the oldest are the next to expire, and reminders bring those up. */
const MOST = 20;

/** `/policy-guard pending`: the requests that wait, newest first. */
export const pending = inChannelOnly(async ({ ledger }) => {
  const requests = await ledger.list('pending', MOST);
  return pendingMessage(requests.map(describeRequest), requests.length === MOST);
});
