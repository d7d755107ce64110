import { readFileSync } from 'node:fs';
import { CreatePolicyCommand, DeletePolicyCommand, DeletePolicyVersionCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HandlerFactory } from '../../infra/functions/functions.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import {
  DEPLOYER_SETTINGS,
  FUNCTION_NAMES,
  type FunctionName,
  LIST_SETTINGS,
} from '../../workflow/runtime/settings/schema.ts';
import type { Environment } from '../../workflow/runtime/settings/settings.ts';
import { startWitness } from '../support/aws-witness.ts';
import { startDeployedFunction } from '../support/deployed-function.ts';
import { assetOf, functionIn } from '../support/function-assets.ts';
import { ADA, type GuardedSandbox, startGuardedSandbox } from '../support/guarded-sandbox.ts';
import { readable, type Synthesised, synthesise } from '../support/synthesise.ts';

const BAD = readFileSync(new URL('../../fixtures/policies/bad-policy.json', import.meta.url), 'utf8');

/** What the sandbox gives a function: the values of its own resources, and its role's credentials. */
interface Given {
  environment: Environment;
  aws: Required<AwsClientConfig>;
}

interface Deployed extends ReturnType<typeof startDeployedFunction> {
  /** The AWS calls that it has made, as IAM actions. */
  called: () => string[];
  close: () => void;
}

let guard: GuardedSandbox;
let stack: Synthesised;
const deployed = {} as Record<FunctionName, Deployed>;

beforeAll(async () => {
  const given = {} as Record<FunctionName, Given>;
  const handlers = Object.fromEntries(
    FUNCTION_NAMES.map((name): [FunctionName, HandlerFactory] => [
      name,
      (environment, aws) => {
        given[name] = { environment, aws: aws as Required<AwsClientConfig> };
        return (event, context) => deployed[name].handler(event, context);
      },
    ]),
  );
  guard = await startGuardedSandbox({}, handlers);
  const chosen: Environment = { ...given.slack.environment, ...given.notify.environment, LOG_LEVEL: 'INFO' };
  const names = [...DEPLOYER_SETTINGS, ...LIST_SETTINGS];
  stack = synthesise({
    bundle: true,
    settings: Object.fromEntries(names.map((name) => [name, chosen[name]])),
  });
  for (const name of FUNCTION_NAMES) deployed[name] = await deploy(name, given[name]);
});

afterAll(async () => {
  for (const each of Object.values(deployed)) each.close();
  await guard.stop();
  stack.remove();
});

async function deploy(name: FunctionName, { environment, aws }: Given): Promise<Deployed> {
  const witness = await startWitness(aws.endpoint);
  const started = startDeployedFunction(assetOf(stack, name), environmentFrom(name, environment), {
    ...aws,
    endpoint: witness.url,
  });
  const close = () => {
    started.stop();
    witness.stop();
  };
  return { ...started, called: () => [...witness.actions], close };
}

/** The environment that the template gives the function; where it names a resource of the stack, the sandbox's one. */
function environmentFrom(name: FunctionName, sandbox: Environment): Record<string, string> {
  const variables: Record<string, unknown> = functionIn(stack, name).Properties.Environment.Variables;
  return Object.fromEntries(
    Object.entries(variables).map(([key, value]) => {
      const text = typeof value === 'string' ? value : sandbox[key];
      if (text === undefined) throw new Error(`The sandbox has nothing that ${name} could take for ${key}.`);
      return [key, text];
    }),
  );
}

/** The actions that the function's role allows, as the template says. */
function allowed(name: FunctionName): string[] {
  const role = readable(functionIn(stack, name).Properties.Role).replace(/\.Arn>$/, '>');
  return stack
    .all('AWS::IAM::Policy')
    .filter(([, { Properties }]) => Properties.Roles.some((each: unknown) => readable(each) === role))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => Action);
}

let count = 0;
async function create(): Promise<string> {
  const command = new CreatePolicyCommand({ PolicyName: `bundled-${count++}`, PolicyDocument: BAD });
  const { Policy } = await guard.iam.send(command);
  return Policy?.Arn ?? '';
}

describe('what is deployed', () => {
  test('catches a change, asks in Slack, and puts it back when it is approved', async () => {
    const arn = await create();
    const request = await guard.asked(({ policyArn }) => policyArn === arn);
    expect((await guard.policy(arn)).inForce).toBe('v2');
    const reply = await guard.click(request, 'approve', ADA);
    expect(reply.warning).toBeNull();
    expect((await guard.ended(request.id)).outcome).toBe('approved');
    expect(await guard.policy(arn)).toEqual({ inForce: 'v1', document: BAD });
  });

  test('makes the removal final when it is denied', async () => {
    const arn = await create();
    const request = await guard.asked(({ policyArn }) => policyArn === arn);
    await guard.deny(request, ADA);
    expect((await guard.ended(request.id)).outcome).toBe('denied');
    expect((await guard.policy(arn)).inForce).toBe('v2');
  });

  test('understands the errors of AWS: what was deleted while it waited is gone', async () => {
    const arn = await create();
    const request = await guard.asked(({ policyArn }) => policyArn === arn);
    await guard.iam.send(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId: 'v1' }));
    await guard.iam.send(new DeletePolicyCommand({ PolicyArn: arn }));
    await guard.click(request, 'approve', ADA);
    expect((await guard.ended(request.id)).outcome).toBe('gone');
  });

  test('asks by e-mail while Slack is down, and takes the decision from a link', async () => {
    await guard.post('/api/faults', { slack: 'down' });
    const arn = await create();
    const email = await guard.until('an e-mail', ({ emails }) =>
      emails.find(({ text, links }) => text.includes(arn) && links.some((link) => link.includes('/decide'))),
    );
    await guard.post('/api/faults', { slack: 'up' });
    const deny = email.links.find((link) => link.includes('decision=deny')) ?? '';
    expect(await (await fetch(deny)).text()).toContain('<form method="post"');
    expect((await fetch(deny, { method: 'POST' })).status).toBe(200);
    const request = await guard.until('the request', ({ requests }) =>
      requests.find(({ policyArn }) => policyArn === arn),
    );
    expect((await guard.ended(request.id)).outcome).toBe('denied');
  });

  test('answers the doctor, a list, and the page that installs the app', async () => {
    const { ephemeral } = await guard.command('doctor');
    expect(ephemeral.at(-1)?.text).not.toContain('could not');
    expect((await guard.command('pending')).ok).toBe(true);
    const install = await fetch(`${guard.sandbox.page}/slack/install`);
    expect(await install.text()).toContain('oauth/v2/authorize');
  });

  test('takes the daily summary as the schedule asks for it', async () => {
    expect(await guard.post('/api/summary', {})).toEqual({ ok: true });
  });

  test('looks for what does not go on by itself, and finds nothing', async () => {
    expect(await guard.post('/api/reconcile', {})).toMatchObject({
      takenUp: 0,
      delivered: 0,
      restarted: 0,
      further: 0,
      // The events of the plays before, which are genuine.
      confirmed: 4,
      sweep: { found: 0, held: 0 },
    });
  });

  test('fails nowhere on the way', () => {
    expect(guard.failures).toEqual([]);
  });
});

describe('after all this', () => {
  test.each(FUNCTION_NAMES)('%s has called nothing that its role does not allow', (name) => {
    const called = deployed[name].called();
    expect(called.length).toBeGreaterThan(0);
    expect(allowed(name)).toEqual(expect.arrayContaining(called));
  });

  test('the log tells what was done, for which request', () => {
    expect(deployed.inspect.logged()).toMatch(/"message":"Judged as restricted\."/);
    expect(deployed.slack.logged()).toMatch(/"event":"decision\.approved"/);
  });

  test.each(FUNCTION_NAMES)('%s has logged no secret', async (name) => {
    const { slack } = guard.sandbox;
    for (const secret of Object.values(slack.secret)) {
      expect(deployed[name].logged()).not.toContain(secret);
    }
    expect(deployed[name].logged()).not.toMatch(/[?&]signature=[0-9a-f]/i);
  });
});
