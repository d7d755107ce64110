import { describeRequest } from '../../../view/describe-request.ts';
import { pendingMessage } from '../../messages/pending.ts';
import { inChannelOnly } from './channel-only.ts';

/** More would not be read; the oldest are the next to expire, and reminders bring those up. */
const MOST = 20;

/** `/policy-guard pending`: the requests that wait, newest first. */
export const pending = inChannelOnly(async ({ ledger }) => {
  const requests = await ledger.list('pending', MOST);
  return pendingMessage(requests.map(describeRequest), requests.length === MOST);
});
