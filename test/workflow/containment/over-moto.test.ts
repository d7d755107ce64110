import * as iam from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, it } from 'vitest';
import { createIamWriter } from '../../../workflow/account/iam/iam-client.ts';
import { PLACEHOLDER } from '../../../workflow/containment/placeholder.ts';
import type { Entity } from '../../../workflow/events/change.ts';
import { Guard } from '../../support/guard.ts';
import { TRUST } from '../../support/iam-in-memory.ts';
import { MOTO_INSTALLED, motoOfThisFile, NO_MOTO } from '../../support/moto.ts';
import { ARN, BAD, HARMLESS, HOLDER, INLINE_NAME, WAYS_IN } from '../../support/ways-in.ts';

const moto = await motoOfThisFile();
const client = new iam.IAMClient(moto.config);
const PolicyArn = ARN;
const PolicyName = 'report-cleaner';

type Input = Record<string, unknown>;

/** Calls moto by the name of an operation: `PutUserPolicy`. */
async function call(operation: string, input: Input): Promise<Input> {
  const commands = iam as unknown as Record<string, new (input: Input) => iam.GetUserCommand>;
  const Command = commands[`${operation}Command`] as new (input: Input) => iam.GetUserCommand;
  return (await client.send(new Command(input))) as unknown as Input;
}

const createPolicy = (PolicyDocument: string) => call('CreatePolicy', { PolicyName, PolicyDocument });
const createVersion = (SetAsDefault: boolean) =>
  call('CreatePolicyVersion', { PolicyArn, PolicyDocument: BAD, SetAsDefault });

/** Makes the change that an event of this name reports, with all that has to be there before. */
async function make(eventName: string): Promise<void> {
  if (eventName === 'CreatePolicy') await createPolicy(BAD);
  else if (eventName.endsWith('PolicyVersion')) {
    await createPolicy(HARMLESS);
    await createVersion(eventName === 'CreatePolicyVersion');
    if (eventName === 'SetDefaultPolicyVersion') await call(eventName, { PolicyArn, VersionId: 'v2' });
  } else {
    const holder = holderOf(eventName);
    const Entity = entityOf(eventName);
    await call(`Create${Entity}`, { ...holder, AssumeRolePolicyDocument: TRUST });
    const put = { PolicyName: INLINE_NAME, PolicyDocument: BAD };
    if (eventName.startsWith('Attach')) await createPolicy(BAD);
    await call(eventName, { ...holder, ...(eventName.startsWith('Attach') ? { PolicyArn } : put) });
  }
}

const entityOf = (eventName: string) => /User|Group|Role/.exec(eventName)?.[0] ?? '';
const holderOf = (eventName: string) => {
  const Entity = entityOf(eventName);
  return { [`${Entity}Name`]: HOLDER[Entity.toLowerCase() as Entity] };
};

/** The document that the change's place grants now, as moto tells; undefined when nothing is there. */
async function granted(eventName: string): Promise<string | undefined> {
  if (eventName.startsWith('Put')) return inline(eventName);
  if (eventName.startsWith('Attach')) {
    const list = `ListAttached${entityOf(eventName)}Policies`;
    const { AttachedPolicies } = await call(list, holderOf(eventName));
    if ((AttachedPolicies as unknown[]).length === 0) return undefined;
  }
  const { Policy } = await client.send(new iam.GetPolicyCommand({ PolicyArn }));
  const version = { PolicyArn, VersionId: Policy?.DefaultVersionId };
  const { PolicyVersion } = await client.send(new iam.GetPolicyVersionCommand(version));
  return decodeURIComponent(PolicyVersion?.Document ?? '');
}

async function inline(eventName: string): Promise<string | undefined> {
  const get = eventName.replace('Put', 'Get');
  try {
    const { PolicyDocument } = await call(get, { ...holderOf(eventName), PolicyName: INLINE_NAME });
    return decodeURIComponent(String(PolicyDocument));
  } catch (error) {
    if ((error as Error).name === 'NoSuchEntityException') return undefined;
    throw error;
  }
}

/** What stands in the grant's place while it waits, and once it is denied. */
function contained(eventName: string): { waiting: string | undefined; denied: string | undefined } {
  if (eventName.startsWith('Put')) return { waiting: PLACEHOLDER, denied: undefined };
  if (eventName.startsWith('Attach')) return { waiting: undefined, denied: undefined };
  const left = eventName === 'CreatePolicy' ? PLACEHOLDER : HARMLESS;
  return { waiting: left, denied: left };
}

describe.skipIf(!MOTO_INSTALLED)(`over the IAM of moto${NO_MOTO}`, () => {
  let guard: Guard;
  beforeEach(async () => {
    await moto.reset();
    guard = new Guard();
    guard.over = createIamWriter(moto.config);
  });

  it('shows what is in force, where a containment says more than it does', async () => {
    guard.over = { ...createIamWriter(moto.config), createDefaultPolicyVersion: async () => 'v2' };
    await make('CreatePolicy');
    const created = WAYS_IN.find(({ eventName }) => eventName === 'CreatePolicy');
    await guard.handle(created?.event()).catch(() => undefined);
    expect(await granted('CreatePolicy')).toBe(BAD);
  });

  describe.each(WAYS_IN)('$eventName', ({ eventName, event }) => {
    it.each(['approved', 'denied'] as const)('is contained, and then %s, byte for byte', async (decision) => {
      await make(eventName);
      expect(await granted(eventName)).toBe(BAD);
      const { end, requestId } = await guard.handle(event());
      expect(end).toBe('waiting');
      const { waiting, denied } = contained(eventName);
      expect(await granted(eventName)).toBe(waiting);
      expect(await guard.decide(requestId, decision)).toMatchObject({ outcome: decision });
      expect(await granted(eventName)).toBe(decision === 'approved' ? BAD : denied);
    });
  });
});
