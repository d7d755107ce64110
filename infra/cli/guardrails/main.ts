import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guardrails } from '../../aws/guardrails/guardrails.ts';
import { runCommand } from '../slack/usage-error.ts';
import { explain } from './explain.ts';
import { HELP } from './help.ts';
import { readOptions } from './options.ts';

/** `npm run -s guardrails`: prints the service control policies that protect the guard, one a line. */
export async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args, process.env, process.cwd());
  if (options.command === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const { place, out } = options;
  const policies = guardrails(place);
  if (out === undefined) process.stdout.write(`${policies.join('\n')}\n`);
  else keep(policies, out);
  process.stderr.write(explain(place, policies.length));
}

function keep(policies: readonly string[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  // No line break at the end: it would count.
  for (const [index, policy] of policies.entries()) {
    writeFileSync(join(folder, `policy-guard-${index + 1}.json`), policy);
  }
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2)));
