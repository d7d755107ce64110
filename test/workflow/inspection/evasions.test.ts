import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';

const folder = join(import.meta.dirname, '../../../fixtures/policies/evasions');

/** The fixtures of one verdict: file names are the names of the evasions. */
function documents(verdict: string): [name: string, text: string][] {
  const paths = readdirSync(join(folder, verdict)).map((file) => join(folder, verdict, file));
  return paths.map((path) => [basename(path, '.json').replaceAll('-', ' '), readFileSync(path, 'utf8')]);
}

function inspect(text: string) {
  return inspectDocument(text, [{ pattern: 's3:DeleteBucket' }]);
}

describe('a document that grants s3:DeleteBucket is caught', () => {
  it.each(documents('grants'))('%s', (_name, text) => {
    const { unreadable, findings } = inspect(text);
    expect(unreadable).toBeUndefined();
    expect(findings).not.toEqual([]);
  });
});

describe('a document that does not grant s3:DeleteBucket is let through', () => {
  it.each(documents('harmless'))('%s', (_name, text) => {
    expect(inspect(text)).toEqual({ restricted: false, findings: [] });
  });
});

describe('a document that is not a policy is unreadable and so restricted', () => {
  it.each(documents('unreadable'))('%s', (_name, text) => {
    const { restricted, unreadable } = inspect(text);
    expect(restricted).toBe(true);
    expect(unreadable).toMatch(/^Not a policy that can be read: .+\.$/);
  });
});
