import { runWrapper } from '../../command/run-command.ts';
import { assertCredentials } from './assert-credentials.ts';
import { runCdk } from './run-cdk.ts';

const HELP = `Shows what a deployment would change, with cdk diff.

Usage: npm run diff -- [options of cdk diff]

  --help  this text; npx cdk diff --help has the options`;

/** `npm run diff`: what stands in AWS, and what would. */
async function main(args: readonly string[]): Promise<void> {
  await assertCredentials('Nothing was compared', args);
  runCdk(['diff', ...args]);
}

if (import.meta.main) await runWrapper({ help: HELP }, main);
