import { exampleDocument } from './bundled.ts';
import type { Values } from './options.ts';

export interface Example {
  title: string;
  /** One line: what it shows. */
  about: string;
  operation: string;
  /** What the form is filled with. */
  values: Values;
}

const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** What a newcomer can start from; the first one fills the form when the page opens. */
export const EXAMPLES: readonly Example[] = [
  {
    title: 'Bad policy',
    about: 'Deletes buckets. Held until somebody decides.',
    operation: 'CreatePolicy',
    values: { PolicyName: 'my-bad-policy', PolicyDocument: exampleDocument('bad-policy.json') },
  },
  {
    title: 'Harmless policy',
    about: 'Reads one bucket. Allowed without a word.',
    operation: 'CreatePolicy',
    values: { PolicyName: 'read-reports', PolicyDocument: exampleDocument('harmless-policy.json') },
  },
  {
    title: 'Everything but',
    about: 'NotAction grants all that it does not name.',
    operation: 'CreatePolicy',
    values: {
      PolicyName: 'everything-but-iam',
      PolicyDocument: exampleDocument('hidden-in-not-action.json'),
    },
  },
  {
    title: 'Wildcards',
    about: 'Never spells the action out, and hides behind a condition.',
    operation: 'CreatePolicy',
    values: {
      PolicyName: 'housekeeping',
      PolicyDocument: exampleDocument('hidden-in-wildcards.json'),
    },
  },
  {
    title: 'Attach an administrator',
    about: 'A policy of AWS, attached to a user.',
    operation: 'AttachUserPolicy',
    values: { PolicyArn: ADMINISTRATOR_ACCESS },
  },
  {
    title: 'Write into a role',
    about: 'An inline policy has no versions: quarantine replaces it.',
    operation: 'PutRolePolicy',
    values: { PolicyName: 'cleanup', PolicyDocument: exampleDocument('bad-policy.json') },
  },
];
