import type { IamReader } from '../account/iam/iam.ts';
import type { Change, Target } from '../events/change.ts';
import { writesDocument } from '../events/watched-calls.ts';
import type { Containment } from '../ledger/request.ts';
import { discardAttachment } from './attachment/discard.ts';
import { quarantineAttachment } from './attachment/quarantine.ts';
import { restoreAttachment } from './attachment/restore.ts';
import { readVersionInForce } from './attachment/version-in-force.ts';
import { discardInlinePolicy } from './inline-policy/discard.ts';
import { quarantineInlinePolicy } from './inline-policy/quarantine.ts';
import { restoreInlinePolicy } from './inline-policy/restore.ts';
import { readInForceMeanwhile, readNewestEarlier } from './managed-policy/before.ts';
import { discardVersion } from './managed-policy/discard.ts';
import { quarantineVersion } from './managed-policy/quarantine.ts';
import { restoreVersion } from './managed-policy/restore.ts';
import { findAnotherPrincipal } from './principal.ts';
import type {
  Before,
  ContainmentTools,
  DecidedTask,
  DiscardResult,
  QuarantineResult,
  QuarantineTask,
  RestoreResult,
} from './tasks.ts';

/**
 * What is done about a change, by what it changed. All of it is safe to repeat, also after a crash half-way. A further
 * type of target is one more case in each of these.
 */

/** Takes the grant out of force without losing it. @throws NotFoundError when what was changed is not there */
export function quarantineChange(task: QuarantineTask, tools: ContainmentTools): Promise<QuarantineResult> {
  const { target } = task.change;
  switch (target.type) {
    case 'managed-policy':
      return quarantineVersion(target, task, tools);
    case 'inline-policy':
      return quarantineInlinePolicy(target, task, tools);
    case 'attachment':
      return quarantineAttachment(target, task, tools);
  }
}

/**
 * Puts the very same grant back, if what quarantine left is still there, and if it serves nobody else than those it
 * was approved for.
 *
 * @throws NotFoundError
 */
export async function restoreChange(task: DecidedTask, tools: ContainmentTools): Promise<RestoreResult> {
  const { target } = task.change;
  const other = await findAnotherPrincipal(task, tools);
  if (other !== undefined) {
    const { why, principal } = other;
    return { status: 'superseded', detail: `${why} Nothing was put back.`, askAgain: true, principal };
  }
  switch (target.type) {
    case 'managed-policy':
      return restoreVersion(target, task, tools);
    case 'inline-policy':
      return restoreInlinePolicy(target, task, tools);
    case 'attachment':
      return restoreAttachment(target, task, tools);
  }
}

/** Makes the removal final. @throws NotFoundError when what was changed is not there */
export function discardChange(task: DecidedTask, tools: ContainmentTools): Promise<DiscardResult> {
  const { target } = task.change;
  switch (target.type) {
    case 'managed-policy':
      return discardVersion(target, task, tools);
    case 'inline-policy':
      return discardInlinePolicy(target, task, tools);
    case 'attachment':
      return discardAttachment(target, task, tools);
  }
}

/** Reads the document that a change put in force from IAM. @throws NotFoundError */
export function readTargetDocument(target: Target, iam: IamReader): Promise<string> {
  switch (target.type) {
    case 'managed-policy':
      return iam.getPolicyVersion(target.policyArn, target.versionId);
    case 'inline-policy':
      return iam.getInlinePolicy(target.entity, target.entityName, target.policyName);
    case 'attachment':
      return readVersionInForce(iam, target.policyArn);
  }
}

/** What was in force before a change, as quarantine leaves it. @returns undefined where nothing tells */
export async function readBefore(
  change: Change,
  containment: Containment,
  iam: IamReader,
): Promise<Before | undefined> {
  const { target } = change;
  if (target.type !== 'managed-policy') return undefined;
  return writesDocument(change)
    ? readNewestEarlier(target, iam)
    : readInForceMeanwhile(target, containment, iam);
}
