import { createLedger } from '../../../workflow/ledger/ledger.ts';
import { runWrapper } from '../../command/run-command.ts';
import { assertCredentials } from './assert-credentials.ts';
import { beforeDestroy, howToUnprotect } from './before-destroy.ts';
import { runCdk } from './run-cdk.ts';
import { stackOutput } from './stack-outputs.ts';

const HELP = `Says what stays when the guard is taken down and which requests still wait, then runs cdk destroy, which asks first.

Usage: npm run destroy -- [options of cdk destroy]

  --help  this text; npx cdk destroy --help has the options`;

/** More would not be read. */
const LIMIT = 100;
const INSTEAD = 'npx cdk destroy, which does not look for waiting requests';

/** `npm run destroy`: says what stays, what waits and how to unprotect the stack, then `cdk destroy`, which asks. */
async function main(args: readonly string[]): Promise<void> {
  await assertCredentials('Nothing was destroyed', args);
  const tableName = stackOutput('TableName', INSTEAD);
  const region = stackOutput('Region', INSTEAD);
  const ledger = createLedger({ tableName, aws: { region } });
  const waiting = await ledger.list('pending', LIMIT);
  process.stdout.write(beforeDestroy(tableName, waiting, LIMIT) + howToUnprotect(region));
  runCdk(['destroy', ...args]);
}

if (import.meta.main) await runWrapper({ help: HELP }, main);
