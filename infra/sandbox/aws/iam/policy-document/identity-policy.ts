import { malformedPolicy } from '../errors.ts';
import { parsePolicy, type Statement, texts } from './parse.ts';

const PARTITIONS = [
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
];

/** A trust policy may be older, or name none. */
const NEWEST_VERSION = '2012-10-17';

/**
 * Refuses a document that may not be a managed or an inline policy.
 * @throws AwsError `MalformedPolicyDocument`
 */
export function requireIdentityPolicy(document: string): void {
  const { version, statements } = parsePolicy(document);
  if (version !== NEWEST_VERSION) {
    throw malformedPolicy(`Policy document must be version ${NEWEST_VERSION} or greater.`);
  }
  for (const statement of statements) requireIdentityStatement(statement);
}

function requireIdentityStatement(statement: Statement): void {
  if (statement.Principal !== undefined || statement.NotPrincipal !== undefined) {
    throw malformedPolicy('Policy document should not specify a principal.');
  }
  const actions = texts(statement.Action ?? statement.NotAction ?? []);
  if (actions.length === 0) throw malformedPolicy('Policy statement must contain actions.');
  actions.forEach(requireAction);
  const resources = texts(statement.Resource ?? statement.NotResource ?? []);
  if (resources.length === 0) throw malformedPolicy('Policy statement must contain resources.');
  resources.forEach(requireResource);
}

/**
 * `*` or `vendor:action`.
 * @throws AwsError `MalformedPolicyDocument`
 */
export function requireAction(action: string): void {
  if (action === '*') return;
  const [vendor = '', ...names] = action.split(':');
  if (names.length === 0) {
    throw malformedPolicy('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
  if (names.length > 1) throw malformedPolicy('Actions/Condition can contain only one colon.');
  // Public reports say that `*:Untag*` is refused; of `*:*` they say nothing, so that it stays possible to try it.
  if (!/^[a-zA-Z0-9\-.]+$/.test(vendor) && action !== '*:*') {
    throw malformedPolicy(`Vendor ${vendor} is not valid`);
  }
}

function requireResource(resource: string): void {
  if (resource === '*') return;
  const [prefix, partition = '', service = '', region = '', , ...rest] = resource.split(':');
  if (prefix !== 'arn') throw malformedPolicy(`Resource ${resource} must be in ARN format or "*".`);
  if (!PARTITIONS.includes(partition) && !/[*?]/.test(partition)) {
    throw malformedPolicy(`Partition "${partition}" is not valid for resource "${resource}".`);
  }
  // `arn:aws:s3:::*` has all its parts; `arn:aws:s3*` and `arn:*` end in a wildcard that stands for the others.
  if (rest.length === 0 && !resource.endsWith('*')) throw malformedPolicy('The policy failed legacy parsing');
  if (service === '' && rest.length > 0) {
    throw malformedPolicy('Resource vendor must be fully qualified and cannot contain regexes.');
  }
  if (rest.length > 0 && region !== '') requireRegional(service, resource, rest.join(':'));
}

/** IAM is one for the whole partition, and so are the names of buckets; access points are not. */
function requireRegional(service: string, resource: string, within: string): void {
  if (service === 'iam') throw malformedPolicy(`IAM resource ${resource} cannot contain region information.`);
  if (service === 's3' && !within.startsWith('accesspoint/')) {
    throw malformedPolicy(`Resource ${resource} can not contain region information.`);
  }
}
