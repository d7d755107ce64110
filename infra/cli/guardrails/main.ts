import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guardrails } from '../../aws/guardrails/guardrails.ts';
import { runCommand } from '../../command/run-command.ts';
import { explain } from './explain.ts';
import { DEFAULT_OPERATOR } from './operator-role.ts';
import { PLACE_OPTIONS, type PlaceValues, readPlace } from './read-place.ts';

const HELP = `Prints the service control policies that keep everybody's hands off the guard.

Usage: npm run -s guardrails -- [options]

Each policy is one line of JSON on standard output; what they are and what to do with them goes to standard error.

  --account ID          otherwise the one that cdk-outputs.json names, or CDK_DEFAULT_ACCOUNT
  --region REGION       otherwise the one that cdk-outputs.json names, or where IAM events arrive
  --partition NAME      aws, aws-us-gov or aws-cn; otherwise the region's
  --qualifier NAME      of the CDK bootstrap that deploys the guard; otherwise cdk.json's, or hnb659fds
  --toolkit-stack NAME  the stack that cdk bootstrap made; otherwise cdk.json's, or CDKToolkit
  --operator-role ROLE  name or ARN of the break-glass role; otherwise ${DEFAULT_OPERATOR}
  --api-id ID           of the guard's HTTP API; otherwise the one that cdk-outputs.json names
  --out FOLDER          writes policy-guard-1.json, … there instead
  --help                this text
`;

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
