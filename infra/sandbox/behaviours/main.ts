import { writeFileSync } from 'node:fs';
import { runCommand } from '../../command/run-command.ts';
import { currentReadme, README } from './tables.ts';

const HELP = `Writes the tables in infra/sandbox/README.md anew: what can be switched, and what is enforced.

Usage: npm run behaviours

  --help  this text`;

await runCommand({ help: HELP, options: {} }, async () => writeFileSync(README, currentReadme()));
