import type { ApprovalRequest, Remark } from '../../../workflow/ledger/request.ts';
import { type Moment, moment } from './phrases.ts';
import { plainLine, plainText } from './plain-line.ts';

/** A question about a request, or what its requester says. */
export interface DescribedRemark {
  kind: Remark['kind'];
  /** Not escaped. */
  name: string;
  slackUserId?: string;
  /** `Ada asks`, without the name. */
  verb: string;
  at: Moment;
  /** Of several lines, perhaps. */
  text: string;
}

const VERB: Readonly<Record<Remark['kind'], string>> = {
  question: 'asks',
  answer: 'answers',
  reason: 'gives a reason',
};

export function describeRemark({ kind, by, at, text }: Remark): DescribedRemark {
  return {
    kind,
    name: plainLine(by.name),
    ...(by.slackUserId !== undefined && { slackUserId: by.slackUserId }),
    verb: VERB[kind],
    at: moment(at),
    text: plainText(text),
  };
}

/** All that was said about a request, oldest first. */
export function describeRemarks({ remarks = [] }: Pick<ApprovalRequest, 'remarks'>): DescribedRemark[] {
  return remarks.map(describeRemark);
}
