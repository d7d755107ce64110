import { createLedger } from '../../../workflow/ledger/ledger.ts';
import { stackOutput } from '../slack/stack-outputs.ts';
import { runCommand } from '../slack/usage-error.ts';
import { beforeDestroy, howToUnprotect } from './before-destroy.ts';
import { runCdk } from './run-cdk.ts';

/** More would not be read. */
const LIMIT = 100;
const INSTEAD = 'npx cdk destroy, which does not look for waiting requests';

/** `npm run destroy`: says what stays, which requests still wait and how to unprotect the stack, then `cdk destroy`, which asks before it acts. */
export async function main(args: readonly string[]): Promise<void> {
  const tableName = stackOutput('TableName', INSTEAD);
  const region = stackOutput('Region', INSTEAD);
  const ledger = createLedger({ tableName, aws: { region } });
  const waiting = await ledger.list('pending', LIMIT);
  process.stdout.write(beforeDestroy(tableName, waiting, LIMIT) + howToUnprotect(region));
  runCdk(['destroy', ...args]);
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2)));
