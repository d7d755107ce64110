import { SettingsError } from '../../../workflow/runtime/settings/settings.ts';
import { readDeploymentSettings } from '../../aws/deployment-settings.ts';
import { runWrapper, UsageError } from '../../command/run-command.ts';
import { assertCredentials } from './assert-credentials.ts';
import { nextSteps } from './next-steps.ts';
import { runCdk } from './run-cdk.ts';
import { OUTPUTS_FILE, stackOutput } from './stack-outputs.ts';

const HELP = `Deploys the guard with cdk deploy, keeps the stack's outputs in ${OUTPUTS_FILE}, and says what to do next.

Usage: npm run deploy -- [options of cdk deploy]

  --help  this text; npx cdk deploy --help has the options`;

/** `npm run deploy`: `cdk deploy`, whose outputs it keeps for the other commands, and what to do next. */
async function main(args: readonly string[]): Promise<void> {
  refuseExamples();
  await assertCredentials('Nothing was deployed', args);
  runCdk(['deploy', '--outputs-file', OUTPUTS_FILE, ...args]);
  const installUrl = stackOutput('InstallUrl', 'the outputs above');
  process.stdout.write(nextSteps(installUrl, stackOutput('TopicArn', 'the outputs above')));
}

/** A guard that asks in a channel of nobody's is worse than none: it would hold changes and tell no one. */
function refuseExamples(): void {
  if (!readChosenSettings().isExample) return;
  throw new UsageError(
    'Nothing was deployed: SLACK_CHANNEL, SLACK_TEAM_ID and APPROVERS are not set. Copy .env.example to .env and fill it in.',
  );
}

function readChosenSettings() {
  try {
    return readDeploymentSettings(process.cwd(), process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new UsageError(`Nothing was deployed. ${error.message}`, { cause: error });
  }
}

if (import.meta.main) await runWrapper({ help: HELP }, main);
