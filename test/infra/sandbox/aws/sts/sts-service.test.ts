import { expect, test } from 'vitest';
import { stsService } from '../../../../../infra/sandbox/aws/sts/sts-service.ts';

test('GetCallerIdentity tells account, ARN and unique id of the caller', async () => {
  const caller = {
    accessKeyId: 'AKIA',
    accountId: '123456789012',
    arn: 'arn:aws:iam::123456789012:user/developer',
    userId: 'AIDA',
    userIdentity: {},
  };
  expect(await stsService.GetCallerIdentity?.({}, caller)).toEqual({
    UserId: 'AIDA',
    Account: '123456789012',
    Arn: 'arn:aws:iam::123456789012:user/developer',
  });
});
