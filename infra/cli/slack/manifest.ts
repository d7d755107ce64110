import { runCommand, UsageError } from '../../command/run-command.ts';
import { stackOutput } from '../stack/stack-outputs.ts';
import { appManifest } from './app-manifest.ts';

const HELP = `Prints the manifest of the Slack app, to paste at https://api.slack.com/apps.

Usage: npm run -s slack:manifest -- [--url https://…]

  --url https://…  the public address of the guard; otherwise that of the last npm run deploy
  --help           this text`;

/** `npm run slack:manifest`: prints the app manifest for the deployed stack. */
async function main({ url }: { url?: string | undefined }): Promise<void> {
  const publicUrl = url ?? stackOutput('PublicUrl', '--url');
  if (!URL.canParse(publicUrl) || new URL(publicUrl).protocol !== 'https:') {
    throw new UsageError(`Slack takes https addresses only, not ${JSON.stringify(publicUrl)}.`);
  }
  process.stdout.write(`${JSON.stringify(appManifest(publicUrl), null, 2)}\n`);
}

if (import.meta.main) await runCommand({ help: HELP, options: { url: { type: 'string' } } }, main);
