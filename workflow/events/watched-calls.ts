import type { AttachmentTarget, Entity, InlinePolicyTarget, ManagedPolicyTarget, Target } from './change.ts';
import type { CloudTrailRecord } from './cloudtrail-record.ts';
import { documentIn, type EventDocument } from './event-document.ts';
import { readField, readText } from './read-field.ts';

/** How one IAM call that can bring a grant into force is read out of its CloudTrail record. */
interface WatchedCall {
  /** @throws UnreadableChangeError when the record does not name what was changed */
  target(record: CloudTrailRecord): Target;
  /** What the record holds of the document that the call concerns. */
  document(record: CloudTrailRecord): EventDocument;
  /** False for a version that was created without being made default: it grants nothing until it is. */
  cameIntoForce(record: CloudTrailRecord): boolean;
  /**
   * Whether the call itself wrote the document. Then it is asked about every time, no earlier approval covers it, and
   * what it created goes when it is discarded. A call that puts in force what was there before is covered by an
   * approval of that.
   */
  writesDocument: boolean;
}

/** Every IAM call that is watched, by the name of its event. A further one is one more entry. */
export const WATCHED_CALLS: ReadonlyMap<string, WatchedCall> = new Map(
  Object.entries({
    CreatePolicy: {
      target: (record) =>
        version(
          readText(record, 'responseElements', 'policy', 'arn'),
          readText(record, 'responseElements', 'policy', 'defaultVersionId'),
        ),
      document: ({ requestParameters }) => documentIn(requestParameters),
      cameIntoForce: () => true,
      writesDocument: true,
    },
    CreatePolicyVersion: {
      target: (record) =>
        version(
          readText(record, 'requestParameters', 'policyArn'),
          readText(record, 'responseElements', 'policyVersion', 'versionId'),
        ),
      document: ({ requestParameters }) => documentIn(requestParameters),
      cameIntoForce: wasMadeDefault,
      writesDocument: true,
    },
    SetDefaultPolicyVersion: {
      target: (record) =>
        version(
          readText(record, 'requestParameters', 'policyArn'),
          readText(record, 'requestParameters', 'versionId'),
        ),
      document: ({ requestParameters }) => documentIn(requestParameters),
      cameIntoForce: () => true,
      writesDocument: false,
    },
    PutUserPolicy: inlinePolicyOf('user'),
    PutGroupPolicy: inlinePolicyOf('group'),
    PutRolePolicy: inlinePolicyOf('role'),
    AttachUserPolicy: attachmentTo('user'),
    AttachGroupPolicy: attachmentTo('group'),
    AttachRolePolicy: attachmentTo('role'),
  } satisfies Record<string, WatchedCall>),
);

/** Whose grants a call can only have ended: one place, or all that somebody held. */
export type Ended = Target | { type: 'holder'; entity: Entity; entityName: string };

/** Every IAM call that takes away what is in force, by the name of its event: there is nothing to judge. */
export const ENDING_CALLS: ReadonlyMap<string, (record: CloudTrailRecord) => Ended> = new Map(
  Object.entries({
    DeletePolicy: (record) => version(readText(record, 'requestParameters', 'policyArn'), 'v0'),
    DeleteUserPolicy: inlinePolicyOf('user').target,
    DeleteGroupPolicy: inlinePolicyOf('group').target,
    DeleteRolePolicy: inlinePolicyOf('role').target,
    DetachUserPolicy: attachmentTo('user').target,
    DetachGroupPolicy: attachmentTo('group').target,
    DetachRolePolicy: attachmentTo('role').target,
    DeleteUser: holderOf('user'),
    DeleteGroup: holderOf('group'),
    DeleteRole: holderOf('role'),
  } satisfies Record<string, (record: CloudTrailRecord) => Ended>),
);

/** A user or group with another name; its unique id, and whatever it holds, stay. */
export interface Renaming {
  entity: Entity;
  formerly: string;
  now: string;
}

/** The IAM calls that give another name, by the name of their event. @returns undefined where only the path is another one */
export const RENAMING_CALLS: ReadonlyMap<string, (record: CloudTrailRecord) => Renaming | undefined> =
  new Map(Object.entries({ UpdateUser: renamingOf('user'), UpdateGroup: renamingOf('group') }));

export const renamingEventNames: readonly string[] = [...RENAMING_CALLS.keys()];

export const endingEventNames: readonly string[] = [...ENDING_CALLS.keys()];

export const watchedEventNames: readonly string[] = [...WATCHED_CALLS.keys()];

/** Whether a change wrote its document, by the name of its event; see `WatchedCall`. */
export function writesDocument({ eventName }: { eventName: string }): boolean {
  return WATCHED_CALLS.get(eventName)?.writesDocument ?? false;
}

function version(policyArn: string, versionId: string): ManagedPolicyTarget {
  return { type: 'managed-policy', policyArn, versionId };
}

function holderOf(entity: Entity): (record: CloudTrailRecord) => Ended {
  return (record) => ({
    type: 'holder',
    entity,
    entityName: readText(record, 'requestParameters', `${entity}Name`),
  });
}

function renamingOf(entity: 'user' | 'group'): (record: CloudTrailRecord) => Renaming | undefined {
  const newName = entity === 'user' ? 'newUserName' : 'newGroupName';
  return (record) => {
    const formerly = readText(record, 'requestParameters', `${entity}Name`);
    const now = readField(record, 'requestParameters', newName);
    if (typeof now !== 'string' || now.toLowerCase() === formerly.toLowerCase()) return undefined;
    return { entity, formerly, now };
  };
}

function inlinePolicyOf(entity: Entity): WatchedCall {
  return {
    target: (record): InlinePolicyTarget => ({
      type: 'inline-policy',
      entity,
      entityName: readText(record, 'requestParameters', `${entity}Name`),
      policyName: readText(record, 'requestParameters', 'policyName'),
    }),
    document: ({ requestParameters }) => documentIn(requestParameters),
    cameIntoForce: () => true,
    writesDocument: true,
  };
}

function attachmentTo(entity: Entity): WatchedCall {
  return {
    target: (record): AttachmentTarget => ({
      type: 'attachment',
      entity,
      entityName: readText(record, 'requestParameters', `${entity}Name`),
      policyArn: readText(record, 'requestParameters', 'policyArn'),
    }),
    document: ({ eventName }) => ({ missing: `${eventName} events carry no document` }),
    cameIntoForce: () => true,
    writesDocument: false,
  };
}

/** What IAM answered counts before what was asked for; where neither tells, the version counts as in force. */
function wasMadeDefault(record: CloudTrailRecord): boolean {
  const answered = readField(record, 'responseElements', 'policyVersion', 'isDefaultVersion');
  if (typeof answered === 'boolean') return answered;
  return readField(record, 'requestParameters', 'setAsDefault') !== false;
}
