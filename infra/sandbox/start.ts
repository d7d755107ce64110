import { runCommand } from '../command/run-command.ts';
import { readEnvFile } from '../settings/env-file.ts';
import { explain } from './explain-error.ts';
import { describeSandbox, greet, warnings } from './greeting.ts';
import { whenParentEnds } from './parent.ts';
import { startSandbox } from './sandbox.ts';
import { withoutWorkspace } from './settings.ts';

const HELP = `Runs the whole system on this machine, in memory, until Ctrl-C.

Usage: npm start [-- --empty]

  --empty  start without the first restricted change
  --help   this text

Settings: .env.example lists them; those that begin with SANDBOX_ are the sandbox's own.`;

async function main({ empty }: { empty: boolean }): Promise<void> {
  // The embedded metric format is for CloudWatch; at a terminal it is noise.
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  const envFile = readEnvFile('.env');
  const environment = withoutWorkspace({ ...envFile.values, ...process.env });
  const sandbox = await startSandbox({
    environment,
    envFile,
    failed: (error) => console.error(explain(error)),
  });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await sandbox.close();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  whenParentEnds(process.env, stop);
  console.log(describeSandbox(sandbox));
  for (const warning of warnings(environment)) console.error(warning);
  if (!empty) await greet(sandbox);
}

await runCommand({ help: HELP, options: { empty: { type: 'boolean', default: false } } }, (values) =>
  main(values).catch((error: unknown) => {
    console.error(explain(error));
    process.exit(1);
  }),
);
