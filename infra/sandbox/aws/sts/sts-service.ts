import { structure } from '../front-door/query-protocol.ts';
import type { Service } from '../front-door/service.ts';

/** STS, as far as it tells who one is. */
export const stsService: Service = {
  GetCallerIdentity: (_input, caller) => ({
    UserId: caller.userId,
    Account: caller.accountId,
    Arn: caller.arn,
  }),
};

/** As the SDK's client of STS, which is not installed here, describes it. */
export const STS_SHAPES = {
  GetCallerIdentity$: [
    ...[9, 'sandbox', 'GetCallerIdentity', 0, () => structure('GetCallerIdentityRequest', {})],
    () => structure('GetCallerIdentityResponse', { UserId: 0, Account: 0, Arn: 0 }),
  ],
};
