import * as eventbridge from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as states from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import { isObject } from '../../workflow/runtime/is-object.ts';

export type ServiceName = 'iam' | 'sns' | 'secretsmanager' | 'states' | 'events';

/**
 * One call as data: the operation, its input, what it is about (`of a user who is not there`), and which parts of the
 * answer later calls name with a dollar: `{ key: 'AccessKey.AccessKeyId' }` is `$key` in their inputs.
 */
export type Call = readonly [
  operation: string,
  input: object,
  about: string,
  keep?: Readonly<Record<string, string>>,
];

/** Calls that follow each other in an account of their own. */
export interface Scene {
  service: ServiceName;
  title: string;
  calls: readonly Call[];
}

/** What a call was answered: its result, or the code and the HTTP status of its refusal. */
export type Answer = { result: unknown } | { error: string; status: number };

interface Client {
  send(command: unknown): Promise<object>;
}

const CLIENTS: Readonly<Record<ServiceName, { commands: object; create(aws: AwsClientConfig): object }>> = {
  iam: { commands: iam, create: (aws) => new iam.IAMClient(aws) },
  sns: { commands: sns, create: (aws) => new sns.SNSClient(aws) },
  secretsmanager: {
    commands: secretsmanager,
    create: (aws) => new secretsmanager.SecretsManagerClient(aws),
  },
  states: { commands: states, create: (aws) => new states.SFNClient(aws) },
  events: { commands: eventbridge, create: (aws) => new eventbridge.EventBridgeClient(aws) },
};

/** Plays calls one after another against one AWS. @returns the answers, in the same order */
export async function play(
  { service, calls }: Pick<Scene, 'service' | 'calls'>,
  aws: AwsClientConfig,
): Promise<Answer[]> {
  const client = CLIENTS[service].create({ ...aws, maxAttempts: 1 } as AwsClientConfig) as Client;
  const kept = new Map<string, string>();
  const answers: Answer[] = [];
  for (const [operation, input, , keep = {}] of calls) {
    const answer = await send(client, service, operation, filledIn(input, kept));
    for (const [name, path] of Object.entries(keep)) kept.set(name, String(at(answer, path)));
    answers.push(answer);
  }
  return answers;
}

async function send(
  client: Client,
  service: ServiceName,
  operation: string,
  input: unknown,
): Promise<Answer> {
  const commands = CLIENTS[service].commands as Record<string, new (input: unknown) => object>;
  const Command = commands[`${operation}Command`];
  if (Command === undefined) throw new Error(`The SDK's client of ${service} has no ${operation}.`);
  try {
    const { $metadata, ...result } = (await client.send(new Command(input))) as Record<string, unknown>;
    return { result };
  } catch (error) {
    return refusal(error as Error & { Code?: string; $metadata?: { httpStatusCode?: number } });
  }
}

/** @throws what is no answer of AWS: a lost connection, or an input that the SDK itself refuses */
function refusal(error: Error & { Code?: string; $metadata?: { httpStatusCode?: number } }): Answer {
  const status = error.$metadata?.httpStatusCode;
  if (status === undefined) throw error;
  return { error: error.Code ?? error.name, status };
}

/** `$key` becomes what an earlier answer was kept as. */
function filledIn(input: unknown, kept: ReadonlyMap<string, string>): unknown {
  if (typeof input === 'string') return (input.startsWith('$') && kept.get(input.slice(1))) || input;
  if (Array.isArray(input)) return input.map((member) => filledIn(member, kept));
  if (!isObject(input) || input instanceof Uint8Array) return input;
  return Object.fromEntries(Object.entries(input).map(([key, member]) => [key, filledIn(member, kept)]));
}

function at(answer: Answer, path: string): unknown {
  const result = 'result' in answer ? answer.result : undefined;
  return path
    .split('.')
    .reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], result);
}
