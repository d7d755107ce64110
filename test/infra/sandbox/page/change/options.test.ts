import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { KINDS, kindOf } from '../../../../../infra/sandbox/page/change/kinds.ts';
import { completeValues, freeName, toParameters } from '../../../../../infra/sandbox/page/change/options.ts';
import { aSandboxState } from '../fake-state.ts';

const state = aSandboxState();
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const POLICY = 'arn:aws:iam::123456789012:policy/my-bad-policy';

// The page's bundle puts it in.
beforeAll(() => void vi.stubGlobal('AWS_MANAGED_POLICIES', [ADMINISTRATOR]));
afterAll(() => void vi.unstubAllGlobals());

describe('what the form for a change is filled with', () => {
  test('falls back to the first thing there is to choose', () => {
    expect(completeValues(kindOf('SetDefaultPolicyVersion'), {}, state)).toEqual({
      PolicyArn: POLICY,
      VersionId: 'v2',
    });
  });

  test('keeps a choice while it can be chosen', () => {
    const values = { PolicyArn: POLICY, VersionId: 'v1' };
    expect(completeValues(kindOf('SetDefaultPolicyVersion'), values, state)).toEqual(values);
    expect(completeValues(kindOf('SetDefaultPolicyVersion'), { ...values, VersionId: 'v9' }, state)).toEqual({
      ...values,
      VersionId: 'v2',
    });
  });

  test('offers policies of AWS for attaching and not for editing', () => {
    const administrator = { PolicyArn: ADMINISTRATOR };
    expect(completeValues(kindOf('AttachRolePolicy'), administrator, state)).toMatchObject(administrator);
    expect(completeValues(kindOf('CreatePolicyVersion'), administrator, state).PolicyArn).toBe(POLICY);
  });

  test('is empty where the account has nothing to choose from', () => {
    expect(completeValues(kindOf('AttachUserPolicy'), {}, { ...state, entities: [] }).UserName).toBe('');
  });
});

test('a yes-no field becomes a boolean, any other stays the text that was typed', () => {
  const document = ' {"padded": true} ';
  expect(
    toParameters(kindOf('CreatePolicyVersion'), {
      PolicyArn: POLICY,
      PolicyDocument: document,
      SetAsDefault: 'no',
    }),
  ).toEqual({ PolicyArn: POLICY, PolicyDocument: document, SetAsDefault: false });
});

test('a name that is taken gets the next free number', () => {
  expect(freeName('my-bad-policy', state)).toBe('my-bad-policy-2');
  expect(freeName('another', state)).toBe('another');
});

test('every watched kind of change can be made', () => {
  expect(KINDS.map(({ operation }) => operation)).toEqual([
    'CreatePolicy',
    'CreatePolicyVersion',
    'SetDefaultPolicyVersion',
    'PutUserPolicy',
    'PutGroupPolicy',
    'PutRolePolicy',
    'AttachUserPolicy',
    'AttachGroupPolicy',
    'AttachRolePolicy',
  ]);
});
