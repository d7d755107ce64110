import { compileGlob, globCovers } from '../../workflow/inspection/glob.ts';

/** `*` is any run of characters, `?` exactly one. A `*` in the text itself matches nothing but a `*`. */
export function matchesText(pattern: string, value: string): boolean {
  return globCovers(compileGlob(pattern), compileGlob(value));
}

/** Action names match without regard to case. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesText(pattern.toLowerCase(), action.toLowerCase());
}

/** `arn:partition:service:region:account:resource`; the resource may have further colons. */
const ARN_PARTS = 6;

/**
 * Part by part, so that a wildcard in one part never reaches into the next.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const [patterns, parts] = [partsOf(pattern), partsOf(arn)];
  if (patterns.length !== parts.length) return false;
  return patterns.every((part, index) => matchesText(part, parts[index] as string));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
}
