import { describe, expect, it } from 'vitest';
import { describeOutcome } from '../../../../bot/media/wording/describe-outcome.ts';
import { describeRequest } from '../../../../bot/media/wording/describe-request.ts';
import { outcomeEmail } from '../../../../bot/notices/outcome/email.ts';
import { outcomeReply } from '../../../../bot/notices/outcome/message.ts';
import { requesterOutcomeMessage } from '../../../../bot/notices/requester/message.ts';
import { APPROVAL, APPROVED, aRequest, DENIED } from '../../../support/requests.ts';

const COMMAND = 'npm run -s inspect -- FILE';

const ended = (outcome: 'approved' | 'denied') =>
  aRequest('r1', {
    ...{ status: 'closed', outcome, outcomeDetail: 'It is done.', closedAt: DENIED.at },
    ...(outcome === 'denied' ? { decision: DENIED } : { decision: APPROVED, votes: [APPROVAL] }),
  });

const told = (outcome: 'approved' | 'denied') => {
  const request = ended(outcome);
  const described = describeRequest(request);
  const end = describeOutcome(request);
  if (end === undefined) throw new Error('It has not ended.');
  return [
    JSON.stringify(outcomeReply(end)),
    JSON.stringify(requesterOutcomeMessage(described, end)),
    outcomeEmail(described, end, false).text,
  ];
};

describe('how to check the next change before it is written', () => {
  it('is told where one was denied: in the thread, to the requester and by e-mail', () => {
    for (const text of told('denied')) expect(text).toContain(COMMAND);
  });

  it('is told to nobody whose change was approved', () => {
    for (const text of told('approved')) expect(text).not.toContain(COMMAND);
  });
});
