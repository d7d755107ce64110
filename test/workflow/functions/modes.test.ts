import { beforeEach, expect, it } from 'vitest';
import { createContainHandler } from '../../../workflow/functions/contain.ts';
import { createInspectHandler } from '../../../workflow/functions/inspect.ts';
import { CONTAIN_ROLE_ARN } from '../../support/fixture-events.ts';
import { hearFunctions } from '../../support/hear-functions.ts';
import { BAD, HARMLESS, putEvent } from '../../support/ways-in.ts';

/** Nothing listens there: the ledger tells nothing, and a call to IAM would fail. */
const AWS = {
  endpoint: 'http://127.0.0.1:9',
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};
const ENVIRONMENT = { TABLE_NAME: 'ledger', CONTAIN_ROLE_ARN, LOG_LEVEL: 'ERROR' };
const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:guard:1';
const EXEMPT = 'arn:aws:iam::123456789012:role/mov* until 2999-12-31: it moves the data';
const MOVER = {
  ...{ type: 'AssumedRole', arn: 'arn:aws:sts::123456789012:assumed-role/mover/session' },
  sessionContext: { sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::123456789012:role/mover' } },
};

let heard: string[];
beforeEach(() => {
  heard = hearFunctions();
});

const inspect = (environment: Record<string, string>, document = BAD, userIdentity: object = MOVER) => {
  const event = putEvent('user', document);
  event.detail.userIdentity = userIdentity;
  return createInspectHandler(
    { ...ENVIRONMENT, ...environment },
    AWS,
  )({ step: 'inspect', event, executionArn });
};

it.each([
  ['restricted', {}, BAD],
  ['restricted', { MODE: 'enforce' }, BAD],
  ['observed', { MODE: 'observe' }, BAD],
  ['observed', { RESTRICTED_ACTIONS: 's3:DeleteObject mode=observe' }, BAD],
  ['restricted', { RESTRICTED_ACTIONS: 's3:DeleteObject mode=enforce', MODE: 'observe' }, BAD],
  ['exempt', { EXEMPT_REQUESTERS: EXEMPT }, BAD],
  ['allowed', { MODE: 'observe' }, HARMLESS],
])(
  'Inspect judges as %s with %j, and counts only what ends there',
  async (verdict, environment, document) => {
    expect(await inspect(environment, document)).toMatchObject({ verdict });
    expect(heard.join('').includes('"Ended":1')).toBe(verdict === 'allowed');
  },
);

it('Inspect exempts no user of IAM whom the ledger does not tell by its unique id', async () => {
  const alice = { type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/alice', principalId: 'AIDAALICE' };
  const environment = {
    EXEMPT_REQUESTERS: 'arn:aws:iam::123456789012:user/ali* until 2999-12-31: she moves',
  };
  expect(await inspect(environment, BAD, alice)).toMatchObject({ verdict: 'restricted' });
});

it('Inspect does not start with an exemption that has no end', () => {
  const environment = { ...ENVIRONMENT, EXEMPT_REQUESTERS: 'arn:aws:iam::123456789012:user/alice: for ever' };
  expect(() => createInspectHandler(environment, AWS)).toThrow(/EXEMPT_REQUESTERS/);
});

it.each([createInspectHandler, createContainHandler])(
  'no function starts with a mode that is none: %#',
  (create) => {
    expect(() => create({ ...ENVIRONMENT, MODE: 'off' }, AWS)).toThrow(/MODE: must be enforce or observe/);
  },
);

it('Quarantine after a failed inspection only observes, with MODE observe, and counts no quarantine', async () => {
  const contain = createContainHandler({ ...ENVIRONMENT, MODE: 'observe' }, AWS);
  const failure = { Error: 'Lambda.Unknown', Cause: 'it broke' };
  const state = { verdict: 'restricted', event: putEvent('user', BAD), failure };
  expect(await contain({ step: 'quarantine', state, executionArn })).toMatchObject({ status: 'observed' });
  expect(heard.join('')).not.toContain('Quarantined');
});
