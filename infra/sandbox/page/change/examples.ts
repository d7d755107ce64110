import type { SandboxState } from '../../api/contract.ts';
import type { Values } from './options.ts';

/** `fixtures/policies`, as text, put in when the page is bundled: file name → document. */
declare const POLICY_FIXTURES: Readonly<Record<string, string>>;

export interface Example {
  title: string;
  /** One line: what it shows. */
  about: string;
  operation: string;
  /** What the form is filled with. */
  values(state: SandboxState): Values;
}

const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess';

const HARMLESS = policy({
  Sid: 'ReadReports',
  Effect: 'Allow',
  Action: ['s3:GetObject', 's3:ListBucket'],
  Resource: ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*'],
});

const EVERYTHING_BUT = policy({
  Sid: 'LooksLikeALimit',
  Effect: 'Allow',
  NotAction: ['iam:*', 'organizations:*'],
  Resource: '*',
});

const WILDCARDS = policy({
  Sid: 'HousekeepingAtNight',
  Effect: 'Allow',
  Action: ['s3:List*', 'S3:Del*Buck?t'],
  Resource: '*',
  Condition: { StringEquals: { 'aws:PrincipalTag/team': 'storage' } },
});

const DELETE_OBJECTS = policy({
  Effect: 'Allow',
  Action: 's3:DeleteObject*',
  Resource: 'arn:aws:s3:::backups/*',
});

/** What a newcomer can start from; the first one fills the form when the page opens. */
export const EXAMPLES: readonly Example[] = [
  {
    title: 'Bad policy',
    about: 'Deletes buckets. Held until somebody decides.',
    operation: 'CreatePolicy',
    values: () => ({ PolicyName: 'my-bad-policy', PolicyDocument: POLICY_FIXTURES['bad-policy.json'] ?? '' }),
  },
  {
    title: 'Harmless policy',
    about: 'Reads one bucket. Allowed without a word.',
    operation: 'CreatePolicy',
    values: () => ({ PolicyName: 'read-reports', PolicyDocument: HARMLESS }),
  },
  {
    title: 'Everything but',
    about: 'NotAction grants all that it does not name.',
    operation: 'CreatePolicy',
    values: () => ({ PolicyName: 'everything-but-iam', PolicyDocument: EVERYTHING_BUT }),
  },
  {
    title: 'Wildcards',
    about: 'Never spells the action out, and hides behind a condition.',
    operation: 'CreatePolicy',
    values: () => ({ PolicyName: 'housekeeping', PolicyDocument: WILDCARDS }),
  },
  {
    title: 'Attach an administrator',
    about: 'A policy of AWS, attached to a user.',
    operation: 'AttachUserPolicy',
    values: () => ({ PolicyArn: ADMINISTRATOR_ACCESS }),
  },
  {
    title: 'Write into a role',
    about: 'An inline policy has no versions: quarantine replaces it.',
    operation: 'PutRolePolicy',
    values: () => ({ PolicyName: 'cleanup', PolicyDocument: DELETE_OBJECTS }),
  },
];

function policy(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
}
