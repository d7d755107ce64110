import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../aws/create-app.ts';
import { readDeploymentSettings } from '../../aws/deployment-settings.ts';
import { STACK_NAME } from '../../aws/names.ts';
import { runCommand } from '../../command/run-command.ts';
import { createStory } from '../../sandbox/demo/story.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { billOfMonth, billOfUse, times } from './bill.ts';
import { countFixtures } from './count-fixtures.ts';
import { measure } from './measure.ts';
import type { Usage } from './prices.ts';
import { renderCosts } from './render-costs.ts';

const HELP = `Counts what changes use, each played in a sandbox of its own, and says what that and a quiet month cost.

Usage: npm run -s costs

  --help  this text`;

const CHANGES = 1_000;

const HARMLESS =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';

const quiet = () => undefined;

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

/** `npm run costs`: what changes and a quiet month cost, from runs in the sandbox and the stack's own template. */
export async function main(): Promise<void> {
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  const usages: Record<string, Usage> = {};
  for (const [name, story] of Object.entries(STORIES)) usages[name] = await measure(story);
  const bills = Object.entries(usages).map(([name, usage]) => [name, billOfUse(times(CHANGES, usage))]);
  const month = billOfMonth(countFixtures(synthesise()));
  process.stdout.write(renderCosts(CHANGES, Object.fromEntries(bills), month));
}

/** The template as it is without any settings; its functions' code costs nothing and is not bundled. */
function synthesise() {
  const outdir = mkdtempSync(join(tmpdir(), 'policy-guard-costs-'));
  try {
    const context = { 'aws:cdk:bundling-stacks': [] };
    const app = createApp(readDeploymentSettings(outdir, {}), { region: 'us-east-1' }, { outdir, context });
    return app.synth().getStackByName(STACK_NAME).template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

if (import.meta.main) await runCommand({ help: HELP, options: {} }, main);
