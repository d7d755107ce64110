import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { namedSets } from '../../../workflow/inspection/restricted-actions/named-set.ts';
import { isGranted, isGrantedOnItsResources, listOf, type OracleStatement } from './oracle.ts';

/** Policies as found in public repositories; they are not part of the project. */
const folder = join(import.meta.dirname, '../../../../shared/real/policies');
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];

const restricted = [...new Set(namedSets.flatMap((set) => set.actions.map((action) => action.pattern)))];

describe.skipIf(files.length === 0)(
  'real policies (skipped when ../shared/real/policies is not there)',
  () => {
    it.each(files)('%s is judged as by a judge that tries every restricted action', async (file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const statements: OracleStatement[] = listOf(JSON.parse(text).Statement);
      const { findings, unreadable } = inspectDocument(
        text,
        restricted.map((pattern) => ({ pattern })),
      );
      expect(unreadable).toBeUndefined();
      const found = new Set(findings.map((finding) => finding.restricted));
      for (const action of restricted) {
        if (found.has(action)) expect([action, isGranted(statements, action)]).toEqual([action, true]);
        else expect([action, await isGrantedOnItsResources(statements, action)]).toEqual([action, false]);
      }
    });
  },
);
