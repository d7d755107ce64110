import { writeFileSync } from 'node:fs';
import { runCommand } from '../command/run-command.ts';
import { envExample } from './env-example.ts';

const HELP = `Writes .env.example anew, from the table of settings.

Usage: npm run settings

  --help  this text`;

/** Writes `.env.example` anew: `npm run settings`. */
await runCommand({ help: HELP, options: {} }, async () =>
  writeFileSync(new URL('../../.env.example', import.meta.url), envExample()),
);
