/** `v12` → 12. IAM numbers a policy's versions in the order of their creation and never gives a number again. */
export function versionNumber(versionId: string): number {
  return Number.parseInt(versionId.slice(1), 10);
}
