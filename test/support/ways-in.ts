import type { Entity } from '../../workflow/events/change.ts';
import { ACCOUNT, type FixtureEvent, fixtureEvent } from './fixture-events.ts';
import type { FakeIam } from './iam-in-memory.ts';

const statement = (action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
  });

/** As somebody's editor leaves it: what is around the document is a part of its bytes. */
export const BAD = `${statement('s3:DeleteObject')}\t \n`;
export const WORSE = statement('s3:*');
export const HARMLESS = statement('s3:GetObject');
export const ALSO_HARMLESS = statement('ec2:DescribeInstances');

export const ARN = `arn:aws:iam::${ACCOUNT}:policy/report-cleaner`;
export const INLINE_NAME = 'clean-up';
export const HOLDER: Readonly<Record<Entity, string>> = { user: 'bob', group: 'analysts', role: 'deployer' };

/** One of the nine ways to bring a grant into force, as a requester goes it. */
export interface WayIn {
  eventName: string;
  type: 'managed-policy' | 'inline-policy' | 'attachment';
  /** What is there before the change. */
  prepare(iam: FakeIam): void;
  /** Makes the change. */
  make(iam: FakeIam): void;
  /** The event that reports it. */
  event(eventId?: string): FixtureEvent;
  /** The document that the change's place grants now; undefined when nothing is there. */
  granted(iam: FakeIam): string | undefined;
  /** Makes the grant come into force once more, as a requester would. */
  again(iam: FakeIam): void;
  /** Deletes what the grant sits on. */
  remove(iam: FakeIam): void;
}

const policyEvent = (name: string, parameters: object, response: object | null, eventId = 'event-1') =>
  fixtureEvent(name, { eventID: eventId, requestParameters: parameters, responseElements: response });

export const createdEvent = (document: string, eventId?: string) =>
  policyEvent(
    'create-policy',
    { policyName: 'report-cleaner', policyDocument: document },
    { policy: { arn: ARN, defaultVersionId: 'v1' } },
    eventId,
  );

export const versionEvent = (versionId: string, document: string, eventId?: string) =>
  policyEvent(
    'create-policy-version',
    { policyArn: ARN, policyDocument: document, setAsDefault: true },
    { policyVersion: { versionId, isDefaultVersion: true } },
    eventId,
  );

export const defaultEvent = (versionId: string, eventId?: string) =>
  policyEvent('set-default-policy-version', { policyArn: ARN, versionId }, null, eventId);

export const putEvent = (entity: Entity, document: string, eventId?: string) =>
  policyEvent(
    `put-${entity}-policy`,
    { [`${entity}Name`]: HOLDER[entity], policyName: INLINE_NAME, policyDocument: document },
    null,
    eventId,
  );

export const attachEvent = (entity: Entity, eventId?: string) =>
  policyEvent(
    `attach-${entity}-policy`,
    { [`${entity}Name`]: HOLDER[entity], policyArn: ARN },
    null,
    eventId,
  );

const inForce = (iam: FakeIam) => (iam.policies.has(ARN) ? iam.inForce(ARN) : undefined);

const managed: WayIn[] = [
  {
    eventName: 'CreatePolicy',
    type: 'managed-policy',
    prepare: () => {},
    make: (iam) => iam.createPolicy(ARN, BAD),
    event: (eventId) => createdEvent(BAD, eventId),
    granted: inForce,
    again: (iam) => iam.setDefault(ARN, 'v1'),
    remove: (iam) => iam.deletePolicy(ARN),
  },
  {
    eventName: 'CreatePolicyVersion',
    type: 'managed-policy',
    prepare: (iam) => iam.createPolicy(ARN, HARMLESS),
    make: (iam) => iam.createVersion(ARN, BAD),
    event: (eventId) => versionEvent('v2', BAD, eventId),
    granted: inForce,
    again: (iam) => iam.setDefault(ARN, 'v2'),
    remove: (iam) => iam.deletePolicy(ARN),
  },
  {
    eventName: 'SetDefaultPolicyVersion',
    type: 'managed-policy',
    prepare: (iam) => {
      iam.createPolicy(ARN, HARMLESS);
      iam.createVersion(ARN, BAD, false);
    },
    make: (iam) => iam.setDefault(ARN, 'v2'),
    event: (eventId) => defaultEvent('v2', eventId),
    granted: inForce,
    again: (iam) => iam.setDefault(ARN, 'v2'),
    remove: (iam) => iam.deletePolicy(ARN),
  },
];

function inline(entity: Entity): WayIn {
  const name = HOLDER[entity];
  const put = (iam: FakeIam) => iam.putInline(entity, name, INLINE_NAME, BAD);
  return {
    eventName: `Put${capital(entity)}Policy`,
    type: 'inline-policy',
    prepare: (iam) => iam.createHolder(entity, name),
    make: put,
    event: (eventId) => putEvent(entity, BAD, eventId),
    granted: (iam) => iam.holders.get(`${entity}/${name}`)?.inline.get(INLINE_NAME),
    again: put,
    remove: (iam) => iam.deleteHolder(entity, name),
  };
}

function attachment(entity: Entity): WayIn {
  const name = HOLDER[entity];
  const attach = (iam: FakeIam) => iam.attach(entity, name, ARN);
  return {
    eventName: `Attach${capital(entity)}Policy`,
    type: 'attachment',
    prepare: (iam) => {
      iam.createHolder(entity, name);
      iam.createPolicy(ARN, BAD);
    },
    make: attach,
    event: (eventId) => attachEvent(entity, eventId),
    granted: (iam) => (iam.holders.get(`${entity}/${name}`)?.attached.has(ARN) ? inForce(iam) : undefined),
    again: attach,
    remove: (iam) => iam.deleteHolder(entity, name),
  };
}

const ENTITIES: readonly Entity[] = ['user', 'group', 'role'];

export const WAYS_IN: readonly WayIn[] = [...managed, ...ENTITIES.map(inline), ...ENTITIES.map(attachment)];

function capital(entity: Entity): string {
  return entity.charAt(0).toUpperCase() + entity.slice(1);
}
