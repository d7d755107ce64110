import type { Call } from '../../../iam-evaluator/evaluate.ts';
import type { Caller } from '../front-door/service.ts';
import type { IamState } from '../iam/state.ts';
import { type Asked, arn, type Surroundings } from './asked.ts';
import { dynamoCalls } from './dynamo-calls.ts';

type Needs = (asked: Asked, surroundings: Surroundings) => Omit<Call, 'action'>[];

/**
 * What a service authorises its operations on.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const NEEDS: Readonly<Record<string, Needs>> = {
  iam: (asked, { accountId, iam }) => [onIam(asked, accountId, iam)],
  secretsmanager: ({ input }, place) => [{ resource: secretArn(text(input.SecretId), place) }],
  // A subscription is a resource of its own: its ARN begins with that of the topic.
  sns: ({ input }) => [{ resource: text(input.TopicArn ?? input.SubscriptionArn) }],
  events: ({ input }, place) => [{ resource: arn('events', `rule/${text(input.Name)}`, place) }],
  // CloudTrail knows no resource for LookupEvents.
  cloudtrail: () => [{ resource: '*' }],
  states: ({ operation, input }, { stateMachineArn }) => [
    {
      resource: operation.startsWith('SendTask')
        ? stateMachineArn()
        : text(input.executionArn ?? input.stateMachineArn),
    },
  ],
  lambda: ({ input }, place) => [{ resource: functionArn(text(input.FunctionName), place) }],
};

/** Operations whose action has another name. */
const ACTIONS: Readonly<Record<string, string>> = { 'lambda:Invoke': 'lambda:InvokeFunction' };

/**
 * The actions, each on one resource, that a request needs to be allowed.
 *
 * @throws Error for a service of which it is not known: whoever adds one says so here
 */
export function neededCalls(asked: Asked, surroundings: Surroundings): Call[] {
  const { service, operation } = asked;
  // Everybody may ask who they are.
  if (service === 'sts') return [];
  if (service === 'dynamodb') return dynamoCalls(asked, surroundings);
  const needs = Object.hasOwn(NEEDS, service) ? NEEDS[service] : undefined;
  if (needs === undefined) throw new Error(`It is not known what ${service}:${operation} is authorised on.`);
  const action = ACTIONS[`${service}:${operation}`] ?? `${service}:${operation}`;
  return needs(asked, surroundings).map((on) => ({ action, ...on }));
}

/** An operation that names a user, group or role is on that; one that attaches says what under a key of its own. */
function onIam({ input, caller }: Asked, accountId: string, iam: IamState): Omit<Call, 'action'> {
  const { UserName, GroupName, RoleName, PolicyArn } = input;
  const named = [
    { type: 'user', name: UserName, all: iam.users },
    { type: 'group', name: GroupName, all: iam.groups },
    { type: 'role', name: RoleName, all: iam.roles },
  ].find(({ name }) => typeof name === 'string');
  if (named === undefined) return { resource: typeof PolicyArn === 'string' ? PolicyArn : noName(caller) };
  const name = text(named.name);
  const resource =
    named.all.get(name.toLowerCase())?.arn ?? `arn:aws:iam::${accountId}:${named.type}/${name}`;
  return { resource, ...(typeof PolicyArn === 'string' && { context: { 'iam:PolicyARN': PolicyArn } }) };
}

/** `GetUser` without a name is about the caller; the other operations without one know no resource. */
function noName({ arn: own }: Caller): string {
  return own.includes(':user/') ? own : '*';
}

function functionArn(name: string, place: Surroundings): string {
  return name.startsWith('arn:') ? name : arn('lambda', `function:${name}`, place);
}

/** Whoever asks by the name alone is authorised on the ARN, which ends in six characters of its own. */
function secretArn(id: string, place: Surroundings): string {
  return id.startsWith('arn:') ? id : arn('secretsmanager', `secret:${id}-000000`, place);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
