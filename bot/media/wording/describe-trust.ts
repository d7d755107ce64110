import { plainLine } from './plain-line.ts';

/** What people call those who may become a role, where the principal's own name says little. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/token\.actions\.githubusercontent\.com/, 'GitHub Actions'],
  [/gitlab\.com/, 'GitLab'],
  [/app\.terraform\.io/, 'HCP Terraform'],
  [/oidc\.eks\.[a-z0-9-]+\.amazonaws\.com/, 'pods of an EKS cluster'],
  [/saml-provider\/AWSSSO_/, 'IAM Identity Center'],
  [/cognito-identity\.amazonaws\.com/, 'Cognito identities'],
];

/**
 * Who may become a role, each as a phrase and once; not escaped. A help: what cannot be read says nothing.
 *
 * @param trust the trust policy as JSON text
 */
export function describeTrust(trust: string): string[] {
  let document: unknown;
  try {
    document = JSON.parse(trust);
  } catch {
    return [];
  }
  const statements = [field(document, 'Statement')].flat();
  const allowed = statements.filter((statement) => field(statement, 'Effect') === 'Allow');
  return [...new Set(allowed.flatMap((statement) => principals(field(statement, 'Principal'))))];
}

function principals(principal: unknown): string[] {
  if (typeof principal === 'string') return [named(principal)];
  if (typeof principal !== 'object' || principal === null) return [];
  return Object.values(principal)
    .flat()
    .filter((name): name is string => typeof name === 'string')
    .map(named);
}

function named(principal: string): string {
  if (principal === '*') return 'anybody';
  const known = KNOWN.find(([pattern]) => pattern.test(principal))?.[1];
  if (known !== undefined) return known;
  const [, service] = /^([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(principal) ?? [];
  if (service !== undefined) return service;
  const [, root] = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/.exec(principal) ?? [];
  if (root !== undefined) return `account ${root}`;
  const [, account, name] = /^arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):(.+)$/.exec(principal) ?? [];
  return plainLine(name === undefined ? principal : `${name} of ${account}`);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
