import type { IConstruct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** Why the functions that work on IAM name kinds of things and not things, resource by resource. */
const OF_THE_ACCOUNT: Readonly<Record<string, string>> = {
  '<AWS::AccountId>:policy/*': 'A change may concern any customer managed policy of the account.',
  '<AWS::AccountId>:user/*': 'Any user may be given an inline policy or an attachment.',
  '<AWS::AccountId>:group/*': 'Any group may be given an inline policy or an attachment.',
  '<AWS::AccountId>:role/*':
    'Any role may be given an inline policy or an attachment; the roles of the guard itself are denied to its only writer.',
};

const OF_AWS = {
  'aws:policy/*': 'Any policy that AWS manages may be attached, and its document has to be read.',
};

/** @param construct what grants the reading */
export function explainReadingIam(construct: IConstruct): void {
  explain(construct, { ...OF_THE_ACCOUNT, ...OF_AWS });
  acknowledge(
    construct,
    'IAM5[Resource::*]',
    'iam:GetAccountAuthorizationDetails, which only reads, knows no resource to limit it to.',
  );
}

/** @param construct what grants the writing */
export function explainWritingIam(construct: IConstruct): void {
  explain(construct, OF_THE_ACCOUNT);
}

function explain(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  for (const [resource, reason] of Object.entries(reasons)) {
    acknowledge(construct, `IAM5[Resource::arn:<AWS::Partition>:iam::${resource}]`, reason);
  }
}
