import { existsSync } from 'node:fs';
import { OUTPUTS_FILE, stackOutput } from '../stack/stack-outputs.ts';

/** Where the guard stands, as its last deployment from this folder says. */
interface Deployed {
  account: string;
  region: string;
  apiId: string;
}

/**
 * @param folder where `npm run deploy` keeps the outputs
 * @returns undefined when nothing was deployed from here
 * @throws UsageError when the file is there and not readable
 */
export function readDeployed(folder: string): Deployed | undefined {
  const file = `${folder}/${OUTPUTS_FILE}`;
  if (!existsSync(file)) return undefined;
  // arn:partition:sns:region:account:topic
  const [, , , region = '', account = ''] = stackOutput('TopicArn', '--account and --region', file).split(
    ':',
  );
  const [apiId = ''] = new URL(stackOutput('PublicUrl', '--api-id', file)).hostname.split('.');
  return { account, region, apiId };
}
