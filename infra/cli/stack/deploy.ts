import { OUTPUTS_FILE, stackOutput } from '../slack/stack-outputs.ts';
import { runCommand } from '../slack/usage-error.ts';
import { nextSteps } from './next-steps.ts';
import { runCdk } from './run-cdk.ts';

/** `npm run deploy`: `cdk deploy`, whose outputs it keeps for the other commands, and what to do next. */
export async function main(args: readonly string[]): Promise<void> {
  runCdk(['deploy', '--outputs-file', OUTPUTS_FILE, ...args]);
  const installUrl = stackOutput('InstallUrl', 'the outputs above');
  process.stdout.write(nextSteps(installUrl, stackOutput('TopicArn', 'the outputs above')));
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2)));
