import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, onTestFinished } from 'vitest';
import { createApp } from '../../infra/aws/create-app.ts';
import { readDeploymentSettings } from '../../infra/aws/deployment-settings.ts';
import { STACK_NAME } from '../../infra/aws/names.ts';
import type { Environment } from '../../workflow/runtime/settings/settings.ts';

export interface CfnResource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is as deep and as mixed as JSON can be
  Properties: any;
  DeletionPolicy?: string;
}

interface SynthesiseOptions {
  settings?: Environment;
  region?: string;
  /** Bundles the functions, which takes a second each; otherwise their assets are not code. */
  bundle?: boolean;
  /** CDK has the template checked as for a deployment, which takes two seconds; cdk-nag's rules are checked anyway. */
  validate?: boolean;
}

/** One entry in each list that has no default. */
export const EXAMPLE_LISTS = {
  RESTRICTED_ACTIONS: 's3:DeleteBucket',
  EXEMPT_REQUESTERS: 'arn:aws:iam::123456789012:role/migration until 2099-12-31: the migration',
  REQUESTER_SLACK_USERS: 'arn:aws:iam::123456789012:user/alice=U0ALICE',
};

/** A folder that no `.env` lies in. */
const NO_ENV_HERE = tmpdir();

/** Synthesises the stack as `cdk synth` does, with cdk-nag, into a folder of its own; `remove` deletes that folder. */
export function synthesise({
  settings = {},
  region = 'us-east-1',
  bundle = false,
  validate = false,
}: SynthesiseOptions = {}) {
  const outdir = mkdtempSync(join(tmpdir(), 'policy-guard-synth-'));
  const app = createApp(
    readDeploymentSettings(NO_ENV_HERE, settings),
    { region },
    {
      ...{ outdir, builtinCloudFormationValidation: validate },
      context: bundle ? {} : { 'aws:cdk:bundling-stacks': [] },
    },
  );
  const assembly = app.synth();
  const json = assembly.getStackByName(STACK_NAME).template as {
    Resources: Record<string, CfnResource>;
    Outputs: Record<string, { Value: unknown }>;
  };
  return {
    app,
    outdir,
    json,
    template: Template.fromJSON(json),
    messages: assembly.getStackByName(STACK_NAME).messages.map(({ entry }) => String(entry.data)),
    /** The resources of a type, by logical id. */
    all: (type: string) => Object.entries(json.Resources).filter(([, resource]) => resource.Type === type),
    file: (name: string) => readFileSync(join(outdir, name), 'utf8'),
    remove: () => rmSync(outdir, { recursive: true, force: true }),
  };
}

export type Synthesised = ReturnType<typeof synthesise>;

/** Synthesises for all tests of a file, and clears up after them. */
export function stackOfThisFile(options: SynthesiseOptions = {}): Synthesised {
  const synthesised = synthesise(options);
  afterAll(synthesised.remove);
  return synthesised;
}

/** Synthesises for one test, and clears up after it. */
export function synthesiseOnce(options: SynthesiseOptions): Synthesised {
  const synthesised = synthesise(options);
  onTestFinished(synthesised.remove);
  return synthesised;
}

/**
 * A value of a template as a person reads it: `<Ledger.Arn>` for an attribute, `<Ledger>` for a reference, and
 * `<partition>`, `<account>` for what AWS fills in.
 */
export function readable(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, ...functions } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return `<${readableName(Ref)}>`;
  const [name, argument] = Object.entries(functions)[0] as [string, unknown[]];
  if (name === 'Fn::GetAtt') return `<${readableName(String(argument[0]))}.${argument[1]}>`;
  if (name === 'Fn::Join') return (argument[1] as unknown[]).map(readable).join(String(argument[0]));
  throw new Error(`No words for ${JSON.stringify(value)}`);
}

function readableName(id: string): string {
  if (id.startsWith('AWS::')) return id.slice('AWS::'.length);
  // CDK ends logical ids with eight characters of a hash.
  return id.replace(/[0-9A-F]{8}$/, '');
}
