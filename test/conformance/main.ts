import { writeFileSync } from 'node:fs';
import { runCommand } from '../../infra/command/run-command.ts';
import { currentReadme, README } from './readme.ts';

const HELP = `Writes the tables in test/conformance/README.md anew, from the calls and the differences.

Usage: npm run conformance

  --help  this text`;

await runCommand({ help: HELP, options: {} }, async () => writeFileSync(README, currentReadme()));
