import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guardrails } from '../../aws/guardrails/guardrails.ts';
import { runCommand } from '../../command/run-command.ts';
import { explain } from './explain.ts';
import { HELP } from './help.ts';
import { PLACE_OPTIONS, type PlaceValues, readPlace } from './read-place.ts';

const OPTIONS = { ...PLACE_OPTIONS, out: { type: 'string' } } as const;

/** `npm run -s guardrails`: prints the service control policies that protect the guard, one a line. */
export async function main({ out, ...values }: PlaceValues & { out?: string | undefined }): Promise<void> {
  const place = readPlace(values, process.env, process.cwd());
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

if (import.meta.main) await runCommand({ help: HELP, options: OPTIONS }, main);
