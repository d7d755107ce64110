import { describeRequest } from '../../../view/describe-request.ts';
import { code } from '../../messages/mrkdwn.ts';
import { answer } from '../../messages/notices.ts';
import { requestRecordMessage } from '../../messages/request-record.ts';
import { messageOptions } from '../show-request.ts';
import { inChannelOnly } from './channel-only.ts';

/** `/policy-guard show ID`: one request, whatever has become of it. */
export const show = inChannelOnly(async (deps, { argument }) => {
  if (argument === '')
    return answer('Which one? `/policy-guard show ID`; `/policy-guard pending` lists the ids.');
  const request = await deps.ledger.read(argument);
  if (request === undefined) return answer(`There is no request ${code(argument, 100)}.`);
  return requestRecordMessage(describeRequest(request), messageOptions(deps));
});
