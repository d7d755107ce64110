import type { AwsClientConfig } from '../runtime/aws-client.ts';
import type { FunctionName } from '../runtime/settings/schema.ts';
import type { Environment } from '../runtime/settings/settings.ts';

/**
 * One statement of a function's role. Resources and values may name what the guard consists of, as `{table}`; see
 * `GuardResource`. Whoever runs the functions fills that in: the stack on AWS, the sandbox on one machine.
 */
export interface Permission {
  /** In a word, what for. */
  sid: string;
  effect?: 'Deny';
  actions: readonly string[];
  resources: readonly string[];
  /** Of a table, only items whose partition key looks like one of these. */
  items?: readonly string[];
  /** Only for calls of this very function. Whoever may hand on its role could run any other function with it. */
  bySelf?: true;
}

/** What a permission may name: `partition` and `account`, and the ARNs of what the guard consists of. */
export type GuardResource =
  | 'partition'
  | 'account'
  | 'table'
  /** The table's index over requests by status. */
  | 'index'
  | 'slackSecret'
  | 'linkSecret'
  | 'topic'
  | 'topicKey'
  | 'stateMachine'
  /** Every execution of the state machine. */
  | 'executions'
  /** Where EventBridge leaves the changes that it could not deliver. */
  | 'undelivered'
  /** The EventBridge rule that hears of changes. */
  | 'rule'
  /** The function whose permission it is. */
  | 'self'
  /** Every role of the guard, each by its name. */
  | 'ownRoles';

/** True of what can be granted only once the function, or every role of the guard, is there. */
export function isLate({ bySelf, resources }: Permission): boolean {
  return bySelf === true || resources.some((resource) => resource === '{ownRoles}' || resource === '{self}');
}

/** Everything about one Lambda function but its settings, which the table of settings gives it. */
export interface FunctionDescription {
  name: FunctionName;
  /** What AWS shows, and what its role is for. */
  about: string;
  /** The file that describes it, from the root of the repository; the bundler starts there. */
  source: string;
  /** Seconds. */
  timeout: number;
  /** MB; Lambda gives CPU in proportion. 512 load a bundle in a fraction of a second, less is a third of a core. */
  memory: number;
  /**
   * How many run at once at most, and as many are kept free for it. What anybody on the Internet reaches has few, so
   * that a flood takes nothing from the others. Lambda leaves at least 100 of an account unreserved.
   */
  concurrency: number;
  /** The public routes behind which it stands. Nothing else is routed. */
  routes: readonly { path: string; methods: readonly ('GET' | 'POST')[] }[];
  /** Exactly what its role may do, besides writing its log. */
  permissions: readonly Permission[];
  /**
   * Builds the handler.
   *
   * @param environment holds the settings
   * @param aws where the AWS clients go; empty on Lambda
   * @throws SettingsError naming every bad key
   */
  // biome-ignore lint/suspicious/noExplicitAny: each function takes an event of its own, and checks it
  create(environment: Environment, aws: AwsClientConfig): (event: any, context: any) => Promise<unknown>;
}
