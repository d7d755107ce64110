import type { Target } from '../events/change.ts';
import { identityOf } from '../events/identity.ts';
import { describeRequester } from '../events/requester.ts';
import { sha256 } from '../inspection/packed-document.ts';
import type { Grant } from '../ledger/inventory.ts';

const CALLED = { user: 'User', group: 'Group', role: 'Role' } as const;

/** Of the ids of events that are the sweep's own. */
const PREFIX = 'sweep-';

const NOBODY = { type: 'CloudTrail does not show who', principalId: 'somebody' };

/**
 * Whether an event was made up by a sweep, for want of CloudTrail's, and names nobody, as those do; whether one of ours
 * has, the ledger tells.
 */
export function isOfSweep({ eventId, identity }: { eventId: string; identity: string }): boolean {
  return eventId.startsWith(PREFIX) && identity === identityOf(describeRequester({ userIdentity: NOBODY }));
}

/**
 * A record of a grant that is in force, in CloudTrail's shape, where CloudTrail does not show who has made it. A version
 * counts as put in force, not as made: whoever discards it leaves it where it is.
 *
 * @param document what is in force
 */
export function foundRecord(
  { target, seenAt, since }: Pick<Grant, 'target' | 'seenAt' | 'since'>,
  document: string,
  accountId: string,
): Record<string, unknown> {
  const eventID = `${PREFIX}${sha256(JSON.stringify([target, document, seenAt])).slice(0, 32)}`;
  return {
    ...{ eventID, eventSource: 'iam.amazonaws.com', eventTime: since, recipientAccountId: accountId },
    userIdentity: NOBODY,
    ...callOf(target, document),
  };
}

function callOf(target: Target, policyDocument: string) {
  switch (target.type) {
    case 'managed-policy': {
      const { policyArn, versionId } = target;
      const requestParameters = { policyArn, versionId, policyDocument };
      return { eventName: 'SetDefaultPolicyVersion', requestParameters };
    }
    case 'inline-policy': {
      const { entity, entityName, policyName } = target;
      const requestParameters = { [`${entity}Name`]: entityName, policyName, policyDocument };
      return { eventName: `Put${CALLED[entity]}Policy`, requestParameters };
    }
    case 'attachment': {
      const { entity, entityName, policyArn } = target;
      return {
        eventName: `Attach${CALLED[entity]}Policy`,
        requestParameters: { [`${entity}Name`]: entityName, policyArn },
      };
    }
  }
}
