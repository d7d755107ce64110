import { expect, it } from 'vitest';
import { requesterKey } from '../../../workflow/ledger/requester-key.ts';

const alice = { type: 'IAMUser', label: 'alice (IAM user)', names: ['alice'] };
const ARN = 'arn:aws:iam::123456789012:user/Alice';

it('names a requester by the ARN, in any case', () => {
  expect(requesterKey({ ...alice, arn: ARN })).toBe(requesterKey({ ...alice, arn: ARN.toLowerCase() }));
});

it('is the same from wherever, and with whatever, the requester calls', () => {
  const other = {
    ...alice,
    arn: ARN,
    sourceIp: '192.0.2.1',
    userAgent: 'x',
    via: 'cloudformation.amazonaws.com',
  };
  expect(requesterKey(other)).toBe(requesterKey({ ...alice, arn: ARN }));
});

it('tells sessions of one role apart', () => {
  const session = (name: string) => `arn:aws:sts::123456789012:assumed-role/deployer/${name}`;
  expect(requesterKey({ ...alice, arn: session('a') })).not.toBe(
    requesterKey({ ...alice, arn: session('b') }),
  );
});

it('names one without an ARN by kind and label', () => {
  expect(requesterKey(alice)).toBe('iamuser|alice (iam user)');
  expect(requesterKey({ ...alice, type: 'SAMLUser' })).not.toBe(requesterKey(alice));
});
