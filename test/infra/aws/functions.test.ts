import { describe, expect, it } from 'vitest';
import { FUNCTIONS, HTTP_ROUTES } from '../../../infra/functions/functions.ts';
import {
  FUNCTION_NAMES,
  type FunctionName,
  listsOf,
  settingsOf,
} from '../../../workflow/runtime/settings/schema.ts';
import { functionIn } from '../../support/function-assets.ts';
import { EXAMPLE_LISTS, stackOfThisFile, synthesise, synthesiseOnce } from '../../support/synthesise.ts';

const stack = stackOfThisFile({
  settings: {
    ...{ SLACK_CHANNEL: 'C1SECURITY', SLACK_TEAM_ID: 'T1SECURITY', APPROVERS: 'U0ADALOVE,S0SECURITY' },
    ...{ ADMIN_EMAIL: 'admin@example.com', REQUESTER_EMAIL_DOMAIN: 'example.com' },
    FEDERATED_ROLES: 'arn:aws:iam::123456789012:role/federated-*',
    ...{ ACCOUNT_NAMES: '123456789012=prod', NOTIFY: 'S0SECURITY' },
    RUNBOOK_URL: 'https://wiki.example.com/policy-guard',
    ...EXAMPLE_LISTS,
  },
});

const propertiesOf = (name: FunctionName) => functionIn(stack, name).Properties;

describe.each(FUNCTION_NAMES)('%s', (name) => {
  it('runs on Node 24 and arm64, with its own log', () => {
    expect(propertiesOf(name)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: FUNCTIONS[name].timeout,
      MemorySize: FUNCTIONS[name].memory,
      ReservedConcurrentExecutions: FUNCTIONS[name].concurrency,
      LoggingConfig: { LogGroup: { Ref: expect.stringMatching(new RegExp(`^${name}Log`, 'i')) } },
    });
  });

  it('is given its own settings and no others, well under the 4 KB that Lambda takes', () => {
    const variables: Record<string, unknown> = propertiesOf(name).Environment.Variables;
    const files = listsOf(name).map((list) => `${list}_FILE`);
    expect(Object.keys(variables).sort()).toEqual([...settingsOf(name), ...files, 'NODE_OPTIONS'].sort());
    expect(JSON.stringify(variables).length).toBeLessThan(2_000);
  });
});

it('are told of no list that nobody has given', () => {
  const { Variables } = functionIn(synthesiseOnce({}), 'inspect').Properties.Environment;
  expect(Object.keys(Variables).filter((name) => name.endsWith('_FILE'))).toEqual([]);
});

it('cannot be given more settings than Lambda takes: synth says which are too long', () => {
  const roles = Array.from({ length: 90 }, (_, index) => `arn:aws:iam::123456789012:role/federated-${index}`);
  expect(() => synthesise({ settings: { FEDERATED_ROLES: roles.join(',') } })).toThrow(
    /FEDERATED_ROLES \(\d{4} bytes\), .*too long; all settings of the function notify take \d{4} of the 4096/,
  );
});

it('are seven', () => {
  expect(stack.all('AWS::Lambda::Function')).toHaveLength(7);
});

describe('concurrent executions', () => {
  it('are few for what anybody on the Internet reaches, and leave 100 of the usual 1,000 to everybody else', () => {
    const reserved = (names: readonly string[]) =>
      Object.entries(FUNCTIONS)
        .filter(([name]) => names.includes(name))
        .reduce((total, [, { concurrency }]) => total + concurrency, 0);
    const reachable: string[] = HTTP_ROUTES.map(({ to }) => to);
    expect(reserved(reachable)).toBeLessThanOrEqual(40);
    expect(reserved(Object.keys(FUNCTIONS))).toBeLessThanOrEqual(500 - 100);
  });

  it('are not reserved where the account has none to spare', () => {
    const small = synthesiseOnce({ settings: { RESERVE_CONCURRENCY: 'false' } });
    for (const [, { Properties }] of small.all('AWS::Lambda::Function')) {
      expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
    }
  });
});

it('know contain by the role that contain really has', () => {
  const role = { 'Fn::GetAtt': [expect.stringMatching(/^ContainRole/), 'Arn'] };
  for (const name of ['inspect', 'contain'] as const) {
    expect(propertiesOf(name).Environment.Variables.CONTAIN_ROLE_ARN).toEqual(role);
  }
  expect(propertiesOf('contain').Role).toEqual(role);
});
