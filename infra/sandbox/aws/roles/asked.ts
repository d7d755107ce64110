import type { Caller } from '../front-door/service.ts';
import type { IamState } from '../iam/state.ts';

/** Where the calls are made. */
export interface Surroundings {
  accountId: string;
  region: string;
  iam: IamState;
  /** `SendTask…` name no machine: the token does, and there is one. */
  stateMachineArn: () => string;
}

/** A request, decoded. */
export interface Asked {
  service: string;
  operation: string;
  input: Record<string, unknown>;
  caller: Caller;
}

/** The ARN of a resource that a service names by account and region. */
export function arn(
  service: string,
  resource: string,
  { accountId, region }: Pick<Surroundings, 'accountId' | 'region'>,
): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}
