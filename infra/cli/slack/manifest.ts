import { parseArgs } from 'node:util';
import { appManifest } from './app-manifest.ts';
import { stackOutput } from './stack-outputs.ts';
import { runCommand, UsageError } from './usage-error.ts';

const USAGE = 'npm run -s slack:manifest -- [--url https://…]';

/** `npm run slack:manifest`: prints the app manifest for the deployed stack. */
export async function main(args: readonly string[]): Promise<void> {
  const publicUrl = option(args) ?? stackOutput('PublicUrl', '--url');
  if (!URL.canParse(publicUrl) || new URL(publicUrl).protocol !== 'https:') {
    throw new UsageError(`Slack takes https addresses only, not ${JSON.stringify(publicUrl)}.`);
  }
  process.stdout.write(`${JSON.stringify(appManifest(publicUrl), null, 2)}\n`);
}

function option(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { url: { type: 'string' } } }).values.url;
  } catch (cause) {
    throw new UsageError(`${(cause as Error).message}\nUsage: ${USAGE}`, { cause });
  }
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2)));
