import { AccessRefusedError, NotFoundError, UnmodifiableError } from '../account/iam/iam.ts';
import { DecidedElsewhereError } from '../containment/begin.ts';
import { quarantineChange } from '../containment/contain.ts';
import type { ContainmentTools, QuarantineResult, QuarantineTask } from '../containment/tasks.ts';
import { ERROR } from '../decisions/error-names.ts';
import { isAwsService } from '../events/aws-owned.ts';
import type { Change } from '../events/change.ts';
import type { KnownChange } from './known-change.ts';

/** IAM does not show what the event names, which may be its usual lag: worth another try. */
export class NotVisibleYetError extends Error {
  override name = 'NotVisibleYetError';
}

/** AWS itself owns what was changed, and somebody else is said to have changed it: no try will take it out. */
class UnmodifiableTargetError extends Error {
  override name = ERROR.unmodifiable;
}

/** A policy keeps the guard from taking the grant out of force: no try will change that, a person has to. */
class RefusedError extends Error {
  override name = ERROR.refused;
}

/** With the state machine's waits between them, these tries outlast IAM's lag; then what is missing is gone. */
export const TRIES_UNTIL_GONE = 4;

/** What one try is made with. */
export interface Try {
  executionArn: string;
  retryCount: number;
  tools: ContainmentTools;
  /** Asked before all else: a ledger that does not answer must not cost its time twice. */
  decidedElsewhere: Promise<boolean>;
}

/** The same try, at another change that the event may be about too. */
export function aside({ requestId }: Change, attempt: Try): Try {
  const decidedElsewhere = attempt.tools.lookups.isDecidedElsewhere(requestId, attempt.executionArn);
  return { ...attempt, decidedElsewhere };
}

export type ContainResult = QuarantineResult | { status: 'gone' | 'aws-managed'; detail: string };

/**
 * Takes a grant out of force under the name that its change has.
 *
 * @throws NotVisibleYetError on the first tries, while IAM does not show what was changed
 * @throws UnmodifiableTargetError, RefusedError when no further try can do it
 */
export async function contain(
  { change, document, plan }: Pick<QuarantineTask, 'change' | 'document' | 'plan'>,
  { tools, ...attempt }: Try,
): Promise<ContainResult> {
  try {
    const task = { change, document, plan, ...attempt };
    return await quarantineChange(task, tools);
  } catch (error) {
    if (error instanceof DecidedElsewhereError) {
      const detail = `Request ${change.requestId} in the ledger says what became of it. Nothing was changed.`;
      return { status: 'superseded', detail, isDecided: true };
    }
    if (error instanceof UnmodifiableError) return unmodifiable(change, error);
    if (error instanceof AccessRefusedError) throw refused(change, error);
    if (!(error instanceof NotFoundError)) throw error;
    if (attempt.retryCount < TRIES_UNTIL_GONE) {
      throw new NotVisibleYetError(
        `IAM does not show what ${change.eventName} changed; trying again. ${error.message}`,
        { cause: error },
      );
    }
    return { status: 'gone', detail: `What was changed is not there any more: ${error.message}` };
  }
}

/** @throws UnmodifiableTargetError unless AWS has changed what is its own */
function unmodifiable(
  { requester }: KnownChange['change'],
  error: UnmodifiableError,
): { status: 'aws-managed'; detail: string } {
  if (isAwsService(requester)) {
    const detail = `AWS itself has changed what is its own, which nobody else can: change it in the AWS service that it belongs to (${error.message}) Nothing was changed.`;
    return { status: 'aws-managed', detail };
  }
  throw new UnmodifiableTargetError(
    `AWS lets nobody change this, so the guard cannot take the grant out of force. Change it in the AWS service that it belongs to, in IAM Identity Center for its roles. ${error.message}`,
    { cause: error },
  );
}

function refused({ eventName }: KnownChange['change'], error: AccessRefusedError): RefusedError {
  const why = /service control policy/i.test(error.message)
    ? 'A service control policy keeps the guard from taking the grant out of force: let its role through, or take it out from the management account.'
    : 'IAM refuses the guard what it needs to take the grant out of force; somebody may have changed its role, its boundary or a policy on what was changed.';
  return new RefusedError(`What ${eventName} has put in force stays in force. ${why} ${error.message}`, {
    cause: error,
  });
}
