import type { RequesterEntry } from './requester-table.ts';

/** How a requester is found in Slack. */
export interface RequesterRules {
  table: readonly RequesterEntry[];
  /** What follows the `@` after an IAM user's name. */
  emailDomain: string | undefined;
  /** ARN patterns of roles whose session names an identity provider sets. */
  federatedRoles: readonly string[];
  teamId: string;
}
