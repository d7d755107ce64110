import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { bundleFunction } from '../../infra/aws/bundle/bundle-function.ts';
import { FUNCTION_NAMES, type FunctionName } from '../../workflow/runtime/settings/schema.ts';
import { middle } from './compare.ts';
import type { Row } from './row.ts';

/** Of the code alone, in KB; a twentieth more than it is, for what an upgrade of a library brings. */
export const MOST_KB: Readonly<Record<FunctionName, number>> = {
  inspect: 412,
  contain: 440,
  notify: 497,
  slack: 590,
  email: 349,
  install: 253,
  reconcile: 428,
};

/** Two clients of the AWS SDK as esbuild bundles them, with nothing left out: what the least function would be. */
const TWO_CLIENTS = `
  import { IAMClient, GetPolicyCommand } from '@aws-sdk/client-iam';
  import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
  const iam = new IAMClient({}), table = new DynamoDBClient({});
  export const handler = (event) => [iam.send(new GetPolicyCommand(event)), table.send(new GetItemCommand(event))];
`;

/** Size of each bundle, and how long it takes to load in a fresh process. */
export function bundleRows(isShort: boolean): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'policy-guard-bundles-'));
  try {
    const base = join(folder, 'two-clients.js');
    bundleTwoClients(base);
    const files = FUNCTION_NAMES.map((name): [FunctionName, string] => {
      bundleFunction(name, join(folder, name));
      return [name, join(folder, name, 'index.js')];
    });
    const times = loadTimes([base, ...files.map(([, file]) => file)], isShort ? 3 : 30);
    return files.flatMap(([name, file]): Row[] => [
      { group: `bundle of ${name}`, what: 'size', value: kilobytes(file), unit: 'KB', most: MOST_KB[name] },
      {
        group: `bundle of ${name}`,
        what: `loading, against two plain SDK clients of ${Math.round(kilobytes(base))} KB`,
        value: (times.get(file) as number) / (times.get(base) as number),
        unit: '×',
      },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function bundleTwoClients(outfile: string): void {
  buildSync({
    stdin: { contents: TWO_CLIENTS, resolveDir: import.meta.dirname },
    ...{ outfile, bundle: true, platform: 'node', target: 'node24', format: 'cjs', minify: true },
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
}

function kilobytes(file: string): number {
  return statSync(file).size / 1_024;
}

/** What loads misses its settings at last, when all of it has been loaded. */
const LOAD = `
  const from = process.hrtime.bigint();
  try { require(process.argv[1]); } catch (error) { if (error.name !== 'SettingsError') throw error; }
  console.log(Number(process.hrtime.bigint() - from) / 1e6);
`;

/** By the clock, in a fresh process each, taking turns. @returns milliseconds by file, of the quickest rounds */
function loadTimes(files: readonly string[], rounds: number): Map<string, number> {
  const times = new Map(files.map((file): [string, number[]] => [file, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [file, taken] of times) {
      taken.push(Number(execFileSync(process.execPath, ['-e', LOAD, file], { env: {}, encoding: 'utf8' })));
    }
  }
  const quickest = (taken: number[]) => middle(taken.toSorted((a, b) => a - b).slice(0, 5));
  return new Map([...times].map(([file, taken]) => [file, quickest(taken)]));
}
