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
