import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from './run.ts';

const REQUIRED = { SLACK_CHANNEL: 'C0SECURITY', SLACK_TEAM_ID: 'T0EXAMPLE', APPROVERS: 'S0SECURITY' };

/** Every setting of the person who deploys, each other than its default. */
const EVERY_SETTING = {
  ...REQUIRED,
  ADMIN_EMAIL: 'security@example.com',
  APPROVALS_REQUIRED: '2',
  REQUESTER_EMAIL_DOMAIN: 'example.com',
  FEDERATED_ROLES: 'arn:aws:iam::123456789012:role/okta-*',
  EMAIL_LINKS: 'deny-only',
  BREAK_GLASS: 'true',
  REQUEST_TIMEOUT_SECONDS: '7200',
  REMINDER_SECONDS: '600',
  ADMIN_EMAIL_SECONDS: '1800',
  NOTIFY_ALLOWED: 'slack',
  ATTACHMENTS: 'always-ask',
  LOG_LEVEL: 'DEBUG',
  CREATE_TRAIL: 'true',
  RESTRICTED_ACTIONS: 's3:DeleteBucket severity=high,@privilege-escalation',
  EXEMPT_REQUESTERS: 'arn:aws:iam::123456789012:role/migration until 2099-12-31: the migration',
  REQUESTER_SLACK_USERS: 'arn:aws:iam::123456789012:user/alice=U0ALICE',
};

const STACKS = { 'by-default': REQUIRED, 'every-setting': EVERY_SETTING };

/** Templates and state machines as synthesised, without bundles: file name → JSON text. */
export async function recordStacks(): Promise<Record<string, string>> {
  const recorded: Record<string, string>[] = [];
  for (const [name, environment] of Object.entries(STACKS)) {
    recorded.push(await synthesise(name, environment));
  }
  return Object.assign({}, ...recorded);
}

/** Runs the app as the CDK CLI does. */
async function synthesise(name: string, environment: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'policy-guard-golden-'));
  try {
    const { app, context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));
    const { status, stderr } = await run(String(app).split(' '), {
      ...environment,
      CDK_DEFAULT_REGION: 'us-east-1',
      HOME: folder,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:bundling-stacks': [] }),
    });
    if (status !== 0) throw new Error(`${app} failed: ${stderr}`);
    return { ...readTemplate(folder, name), ...readStateMachine(folder, name) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readTemplate(folder: string, name: string): Record<string, string> {
  const template = readFileSync(join(folder, 'PolicyGuard.template.json'), 'utf8');
  return { [`stack/${name}.template.json`]: withoutHashes(template) };
}

/** The definition that is uploaded: the one asset that is a file of Amazon States Language. */
function readStateMachine(folder: string, name: string): Record<string, string> {
  const texts = readdirSync(folder)
    .filter((file) => /^asset\..*\.json$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .filter((text) => Object.hasOwn(JSON.parse(text), 'StartAt'));
  if (texts.length !== 1) throw new Error(`There are ${texts.length} state machines among the assets.`);
  return { [`stack/${name}.asl.json`]: texts[0] as string };
}

/** The hash of an asset follows its content and its path. */
function withoutHashes(template: string): string {
  return template.replaceAll(/\b[0-9a-f]{64}\b/g, '<hash>');
}
