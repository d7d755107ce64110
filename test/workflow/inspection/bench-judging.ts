import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readManagedPolicies } from '../../../infra/cli/managed-policies/read-managed-policies.ts';
import { measureJudging, measureWorst, type Ratio } from './measure-judging.ts';

/** `npm run bench:judging -- [--json FILE] [--policies dist/managedPolicies.json]` */
const { values } = parseArgs({ options: { json: { type: 'string' }, policies: { type: 'string' } } });

/** So many judgements a list, whatever the number of documents: enough for ratios that agree. */
const JUDGEMENTS = 100_000;
const WORST_ROUNDS = 25;

const documents = readManagedPolicies(values.policies).map(({ document }) => document);
const policies = measureJudging(documents, Math.ceil(JUDGEMENTS / documents.length));
const worst = measureWorst(WORST_ROUNDS);

console.log(`Judging against JSON.parse of the same ${documents.length} policies of AWS's own:`);
print(policies);
console.log('\nThe worst documents of 131,072 characters, recommended list:');
print(worst);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ policies, worst }, null, 2)}\n`);

function print(ratios: readonly Ratio[]): void {
  const width = Math.max(...ratios.map(({ what }) => what.length));
  for (const { what, ratio, milliseconds } of ratios) {
    console.log(`  ${what.padEnd(width)}  ${ratio.toFixed(1).padStart(6)} ×  ${milliseconds.toFixed(3)} ms`);
  }
}
