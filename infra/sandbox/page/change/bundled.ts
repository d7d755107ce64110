/** `fixtures/policies`: file name → document as text. Put in when the page is bundled. */
declare const POLICY_FIXTURES: Readonly<Record<string, string>>;
/** The ARNs of `fixtures/managed-policies`. Put in when the page is bundled. */
declare const AWS_MANAGED_POLICIES: readonly string[];

/** An example document, byte for byte. @throws RangeError when there is no such file */
export function exampleDocument(file: string): string {
  const document = POLICY_FIXTURES[file];
  if (document === undefined) throw new RangeError(`There is no fixtures/policies/${file}`);
  return document;
}

/** The policies of AWS that can be attached; the state only tells of those that are. */
export function awsManagedPolicies(): readonly string[] {
  return AWS_MANAGED_POLICIES;
}
