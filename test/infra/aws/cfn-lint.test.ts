import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { stackOfThisFile } from '../../support/synthesise.ts';

/** Rules that are not asked, and why. */
const IGNORED: Readonly<Record<string, string>> = {
  W3005: 'CDK itself has a function depend on its role, beside the reference to it',
};

/** Older ones do not know yet that a dashboard has tags. */
const OLDEST = 58;
const { stdout: version } = spawnSync('cfn-lint', ['--version'], { encoding: 'utf8' });
const installed = Number(/^cfn-lint 1\.(\d+)/.exec(version ?? '')?.[1] ?? 0) >= OLDEST;
const stack = stackOfThisFile({ validate: true });

describe.skipIf(!installed)(
  `cfn-lint${installed ? '' : ` (1.${OLDEST} or newer is not installed here: skipped)`}`,
  () => {
    test('finds nothing in the template', () => {
      const ignored = Object.keys(IGNORED).flatMap((rule) => ['--ignore-checks', rule]);
      const template = `${stack.outdir}/PolicyGuard.template.json`;
      const { status, stdout, stderr } = spawnSync('cfn-lint', [...ignored, '--template', template], {
        encoding: 'utf8',
      });
      expect(`${stdout}${stderr}`).toBe('');
      expect(status).toBe(0);
    });
  },
);

test('CDK’s own check of the template, as at every deployment, finds nothing', () => {
  expect(JSON.parse(stack.file('validation-report.json')).pluginReports).toEqual([]);
});

test('no queue shows a message again while the function that reads it may be at work', () => {
  const byId = (value: { 'Fn::GetAtt'?: [string]; Ref?: string }) =>
    stack.json.Resources[value.Ref ?? value['Fn::GetAtt']?.[0] ?? '']?.Properties;
  const mappings = stack.all('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
  expect(mappings).not.toEqual([]);
  for (const { EventSourceArn, FunctionName } of mappings) {
    expect(byId(EventSourceArn).VisibilityTimeout).toBeGreaterThanOrEqual(byId(FunctionName).Timeout);
  }
});
