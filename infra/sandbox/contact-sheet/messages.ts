import type { Message } from '../../../bot/media/slack/blocks/types.ts';
import { describeRequest } from '../../../bot/media/wording/describe-request.ts';
import { escalationMessage } from '../../../bot/notices/escalation/message.ts';
import { describeEscalation } from '../../../bot/notices/escalation/words.ts';
import { groupMessage } from '../../../bot/notices/group/message.ts';
import { describeGroup } from '../../../bot/notices/group/words.ts';
import { outcomeMessage } from '../../../bot/notices/outcome/message.ts';
import { type RequestMessageOptions, requestMessage } from '../../../bot/notices/request/message.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { PLACE } from '../place.ts';
import * as requests from './requests.ts';

/** When the sheet is read, in its own time. */
export const READ_AT = new Date('2026-03-02T11:30:00Z');

const OPTIONS: RequestMessageOptions = {
  now: READ_AT,
  breakGlass: false,
  approvers: ['S0SECURIT'],
  notify: undefined,
  mentionFrom: 'high',
  accountNames: [`${PLACE.accountId}=prod`],
};

/** Messages, by what they show, in the order of the sheet. */
export const MESSAGES: Readonly<Record<string, Message>> = {
  'An ordinary request': asked(requests.ordinary),
  'A full administrator': asked(requests.administrator),
  'An attachment by the root user': asked(requests.attachmentByRoot),
  'Found by the sweep, no event told of it': asked(requests.foundBySweep),
  'Names of 128 characters': asked(requests.longNames),
  'Eleven changes at once': groupMessage(describeGroup(requests.eleven), OPTIONS.approvers),
  'It could not be taken out of force': escalation(requests.administrator),
  'Nobody decided in time': ended(requests.expired),
  'Somebody else was faster': ended(requests.superseded),
};

function asked(request: ApprovalRequest): Message {
  return requestMessage(describeRequest(request), OPTIONS);
}

function ended(request: ApprovalRequest): Message {
  const described = describeRequest(request);
  if (described.outcome === undefined) throw new Error(`The request ${request.id} has not ended.`);
  return outcomeMessage(described, described.outcome, OPTIONS.accountNames);
}

function escalation({ change, inspection, executionArn }: ApprovalRequest): Message {
  const failure = {
    Error: 'AccessDenied',
    Cause: 'iam:SetDefaultPolicyVersion is denied by a service control policy.',
  };
  const described = describeEscalation({
    ...{ change, inspection, executionArn, failure },
    ...{ quarantined: false, goesOn: true },
  });
  return escalationMessage(described, { RUNBOOK_URL: undefined, ACCOUNT_NAMES: OPTIONS.accountNames });
}
