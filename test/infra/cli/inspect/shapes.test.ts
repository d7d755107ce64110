import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, runInspect } from './run-inspect.ts';

const fixtures = join(import.meta.dirname, '../../../../fixtures/inspect');
const shared = join(import.meta.dirname, '../../../../../shared/cases');

/** Exit status, how many are held and how many allowed. */
type Outcome = [status: number, held: number, allowed: number];

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

async function outcome(path: string, restricted = 's3:DeleteBucket'): Promise<Outcome> {
  const { status, lines } = await runInspect(['--json', '--restricted', restricted, path]);
  const held = lines().filter((line) => line.restricted === true).length;
  return [status, held, lines().length - held];
}

/** By its name, and alone in a folder. */
async function outcomes(path: string, restricted?: string): Promise<{ named: Outcome; inFolder: Outcome }> {
  copyFileSync(path, join(folder, basename(path)));
  return { named: await outcome(path, restricted), inFolder: await outcome(folder, restricted) };
}

const changes: Record<string, Outcome> = {
  'athena-get-query-results.json': [1, 1, 0],
  'athena-unload.json': [1, 1, 0],
  'athena.csv': [1, 1, 0],
  'elastic-bulk.ndjson': [1, 1, 0],
  'elastic-common-schema.json': [1, 1, 0],
  'elastic-search.json': [1, 1, 0],
  'elastic-with-original.json': [1, 1, 0],
  'eventbridge.json': [1, 1, 0],
  'filter-log-events.json': [1, 1, 0],
  'firehose-2026-03-02-09-15-00-0b3f': [1, 2, 0],
  'firehose-transformation.json': [1, 1, 0],
  'glue-lower-case.json': [1, 1, 0],
  'kinesis-lambda.json': [1, 1, 0],
  'lake-columns.json': [1, 1, 0],
  'lake-event-json.json': [1, 1, 0],
  'log-file.json': [1, 1, 1],
  'logs-export-000000.gz': [1, 1, 0],
  'logs-insights.json': [1, 1, 0],
  'logs-subscription-through-firehose': [1, 1, 0],
  'logs-subscription.json': [1, 1, 0],
  'logs-tail.txt': [1, 1, 0],
  'lookup-events-list.json': [1, 1, 0],
  'lookup-events.json': [1, 1, 0],
  'no-change/aggregated.json': [0, 0, 0],
  'no-change/digest.json': [0, 0, 0],
  'no-change/insight.json': [0, 0, 0],
  'no-change/network-activity.json': [0, 0, 0],
  'no-change/service-event.json': [0, 0, 0],
  'same-event-in-several-wrappers.json': [1, 2, 0],
  'security-lake.json': [1, 1, 0],
  'sns-in-sqs.json': [1, 1, 0],
  'sns-lambda.json': [1, 1, 0],
  'sns-notification.json': [1, 1, 0],
  'splunk.json': [1, 1, 0],
  'sqs-lambda.json': [1, 1, 0],
  'sqs-receive-message.json': [1, 1, 0],
  'step-functions-input.json': [1, 1, 0],
  'unjudged/cut-off.jsonl': [2, 1, 0],
  'unjudged/lake-without-record.json': [2, 1, 0],
  'unjudged/sqs-cut-off.json': [2, 1, 0],
};

const policies: Record<string, Outcome> = {
  'account-details.json': [1, 2, 2],
  'bucket-policy.json': [0, 0, 0],
  'cli/get-bucket-policy.json': [0, 0, 0],
  'cli/get-policy-version.json': [1, 1, 0],
  'cli/get-role-policy.json': [1, 1, 0],
  'cli/get-role.json': [0, 0, 0],
  'cli/list-attached-role-policies.json': [0, 0, 0],
  'cli/unjudged/list-policies.json': [2, 1, 0],
  'cloudformation/doubtful/action-ref.json': [1, 1, 0],
  'cloudformation/doubtful/action-sub.json': [1, 1, 0],
  'cloudformation/doubtful/document-if.json': [1, 1, 0],
  'cloudformation/doubtful/document-ref.json': [1, 1, 0],
  'cloudformation/doubtful/effect-if.json': [1, 1, 0],
  'cloudformation/doubtful/not-action-ref.json': [1, 1, 0],
  'cloudformation/doubtful/statement-if.json': [1, 1, 0],
  'cloudformation/doubtful/statement-transform.json': [1, 1, 0],
  'cloudformation/every-type.json': [1, 10, 1],
  'cloudformation/get-template-of-cdk.yaml': [1, 1, 0],
  'cloudformation/get-template-of-yaml.json': [1, 1, 0],
  'cloudformation/get-template.json': [1, 1, 0],
  'cloudformation/loop.json': [1, 1, 0],
  'cloudformation/no-policies.json': [0, 0, 0],
  'cloudformation/not-watched.json': [0, 0, 0],
  'cloudformation/serverless-application.yaml': [1, 1, 2],
  'cloudformation/short-forms.yaml': [0, 0, 1],
  'cloudformation/stack-set.yaml': [1, 1, 0],
  'cloudformation/sub-with-variables.json': [1, 1, 0],
  'cloudformation/template.yaml': [1, 1, 1],
  'cloudformation/unjudged/not-yaml.yaml': [2, 1, 0],
  'cloudformation/unjudged/unknown-policy-template.yaml': [2, 1, 0],
  'cloudformation/unknown-resources.json': [0, 0, 1],
  'config/history.json': [0, 0, 1],
  'config/select-resource-config.json': [1, 1, 0],
  'config/snapshot.json': [1, 2, 0],
  'eksctl.yaml': [1, 1, 0],
  'encodings/utf-16be.json': [1, 1, 0],
  'encodings/utf-16le-without-mark.json': [1, 1, 0],
  'encodings/utf-16le.json': [1, 1, 0],
  'encodings/utf-8-bom.json': [1, 1, 0],
  'identity-center/get-inline-policy.json': [1, 1, 0],
  'identity-center/no-inline-policy.json': [0, 0, 0],
  'json-in-policy.tf': [1, 1, 0],
  'kubernetes-controller.yaml': [1, 1, 0],
  'permission-sets.json': [1, 1, 1],
  'pulumi-preview.json': [1, 1, 0],
  'serverless.yml': [1, 1, 0],
  'terraform/cdktf.tf.json': [1, 1, 0],
  'terraform/combined-documents.json': [1, 1, 1],
  'terraform/computed-role.json': [0, 0, 0],
  'terraform/data-only.json': [1, 1, 0],
  'terraform/every-type.json': [1, 7, 2],
  'terraform/show-state.json': [1, 1, 0],
  'terraform/terraform.tfstate': [1, 1, 0],
  'terraform/unjudged/main.tf': [2, 1, 0],
  'terraform/unjudged/plan-log.json': [2, 1, 0],
  'terraform/unjudged/unknown-document.json': [2, 1, 0],
  'terraform/unknown-action.json': [1, 1, 0],
  'terraform/unknown-resource-harmless.json': [0, 0, 1],
  'terraform/unknown-resource.json': [1, 2, 0],
  'trust-policy.json': [0, 0, 0],
  'unjudged/amplify-custom-policies.json': [2, 1, 0],
  'unjudged/policy.json.tpl': [2, 1, 0],
  'zappa_settings.json': [1, 1, 0],
};

describe('changes as they lie around, by name and alone in a folder', () => {
  it.each(Object.entries(changes))('%s: exit status, held and allowed are %j', async (name, expected) => {
    expect(await outcomes(join(fixtures, 'changes', name))).toEqual({ named: expected, inFolder: expected });
  });
});

describe('policies as they lie around, by name and alone in a folder', () => {
  it.each(Object.entries(policies))('%s: exit status, held and allowed are %j', async (name, expected) => {
    expect(await outcomes(join(fixtures, 'policies', name))).toEqual({ named: expected, inFolder: expected });
  });
});

describe.skipIf(!existsSync(shared))(
  'what people reported (skipped when ../shared/cases is not there)',
  () => {
    it.each<[string, Outcome, string?]>([
      ['tfplan.json', [1, 1, 0]],
      ['cfn-getatt.json', [0, 0, 1]],
      ['cfn-sub-string.json', [1, 1, 0]],
      ['cfn-permission-set.json', [1, 1, 0]],
      ['sso-inline-policy-cli.json', [1, 1, 0]],
      ['cfn-bucket-policy.json', [0, 0, 0]],
      ['cfn-bucket-policy.json', [0, 0, 0], 's3:DeleteObject'],
      ['sqs-envelope.json', [1, 1, 0]],
      ['lake.json', [1, 1, 0]],
      ['elastic-wrap.jsonl', [1, 1, 0]],
      ['firehose-concat.json', [1, 2, 0]],
      ['insight.json', [0, 0, 0]],
      ['same-event-twice.json', [1, 1, 0]],
      ['trailing-comma.json', [2, 1, 0]],
      ['other-account-event.json', [0, 0, 1]],
      ['other-account-event.json', [1, 1, 0], 's3:DeleteObject'],
    ])('%s: exit status, held and allowed are %j', async (name, expected, restricted) => {
      expect(await outcomes(join(shared, name), restricted)).toEqual({ named: expected, inFolder: expected });
    });

    it('says of what is not JSON where it is, and quotes nothing of it', async () => {
      const { lines } = await runInspect(['--json', join(shared, 'trailing-comma.json')]);
      expect(lines()).toMatchObject([{ unreadable: expect.stringContaining('it is not JSON') }]);
      expect(lines()[0]?.unreadable).not.toContain('GetObject');
    });
  },
);
