import type { Service } from '../front-door/service.ts';

/** STS, as far as it tells who one is. */
export const stsService: Service = {
  GetCallerIdentity: (_input, caller) => ({
    UserId: caller.userId,
    Account: caller.accountId,
    Arn: caller.arn,
  }),
};
