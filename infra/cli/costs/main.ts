import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../aws/create-app.ts';
import { readDeploymentSettings } from '../../aws/deployment-settings.ts';
import { STACK_NAME } from '../../aws/names.ts';
import { runCommand, UsageError } from '../../command/run-command.ts';
import { SWEEP_MINUTES } from '../../functions/reconcile-schedule.ts';
import { createStory } from '../../sandbox/demo/story.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { type Bill, billOfMonth, billOfUse, times } from './bill.ts';
import { countFixtures } from './count-fixtures.ts';
import { measure } from './measure.ts';
import { renderCosts } from './render-costs.ts';

const HELP = `Counts what changes and sweeps use, each played in a sandbox of its own, and says what that and a quiet month cost.

Usage: npm run -s costs -- [--policies N]…

  --policies N  sweeps of an account of N policies, and three principals for each five; 100 and 5000 unless given
  --help        this text`;

const OPTIONS = { policies: { type: 'string', multiple: true } } as const;

/** As many as IAM lets an account have. */
const MOST_POLICIES = 10_000;

const CHANGES = 1_000;

const HARMLESS =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';

const quiet = () => undefined;

const SWEEPS_A_MONTH = (30 * 24 * 60) / SWEEP_MINUTES;

/** One change each; what they use is then taken a thousand times. */
const STORIES: Readonly<Record<string, (sandbox: Sandbox) => Promise<unknown>>> = {
  harmless: (sandbox) =>
    sandbox.change({
      operation: 'CreatePolicy',
      parameters: { PolicyName: 'harmless', PolicyDocument: HARMLESS },
    }),
  'held and approved in Slack': (sandbox) => createStory(sandbox, quiet).approved(),
  'held and approved by e-mail': (sandbox) => createStory(sandbox, quiet).byEmail(),
};

/** `npm run costs`: what changes, sweeps and a quiet month cost, from runs in the sandbox and the stack's own template. */
export async function main({
  policies = ['100', '5000'],
}: {
  policies?: string[] | undefined;
}): Promise<void> {
  const accounts = policies.map(accountOf);
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  const changes: Record<string, Bill> = {};
  for (const [name, story] of Object.entries(STORIES)) {
    const [usage] = await measure(story);
    if (usage !== undefined) changes[name] = billOfUse(times(CHANGES, usage));
  }
  const sweeps: Record<string, Bill> = {};
  for (const account of accounts) Object.assign(sweeps, await billsOfSweeps(account));
  const month = billOfMonth(countFixtures(synthesise()));
  process.stdout.write(renderCosts({ count: CHANGES, bills: changes }, sweeps, month));
}

interface Account {
  policies: number;
  principals: number;
}

/** @throws UsageError */
function accountOf(text: string): Account {
  const policies = Number(text);
  if (!Number.isInteger(policies) || policies < 5 || policies > MOST_POLICIES) {
    throw new UsageError(`--policies has to be a number from 5 to ${MOST_POLICIES}.`);
  }
  return { policies, principals: Math.round((policies * 3) / 5) };
}

/** The first sweep, which writes all that there is, and a month of sweeps of an account in which nothing happens. */
async function billsOfSweeps(account: Account): Promise<Record<string, Bill>> {
  const fill = ({ page }: Sandbox) =>
    fetch(`${page}/api/account`, { method: 'POST', body: JSON.stringify(account) });
  const sweep = (sandbox: Sandbox) => sandbox.sweep();
  const [, first, later] = await measure(fill, sweep, sweep);
  if (first === undefined || later === undefined) throw new Error('The sweeps were not measured.');
  const size = `${account.policies.toLocaleString('en-US')} policies`;
  return {
    [`${size}: the first`]: billOfUse(first),
    [`${size}: a month of them`]: billOfUse(times(SWEEPS_A_MONTH, later)),
  };
}

/** The template as it is without any settings; its functions' code costs nothing and is not bundled, and nothing is deployed that had to be checked. */
function synthesise() {
  const outdir = mkdtempSync(join(tmpdir(), 'policy-guard-costs-'));
  try {
    const app = createApp(
      readDeploymentSettings(outdir, {}),
      { region: 'us-east-1' },
      { outdir, context: { 'aws:cdk:bundling-stacks': [] }, builtinCloudFormationValidation: false },
    );
    return app.synth().getStackByName(STACK_NAME).template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

if (import.meta.main) await runCommand({ help: HELP, options: OPTIONS }, main);
