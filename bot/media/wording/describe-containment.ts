import { PLACEHOLDER_SHA256 } from '../../../workflow/containment/placeholder.ts';
import type { ApprovalRequest, Containment } from '../../../workflow/ledger/request.ts';
import { entityPhrase, policyName } from './describe-change.ts';
import { plainLine } from './plain-line.ts';

/** What quarantine did, and what each decision will do. */
export interface DescribedContainment {
  /** Past tense: it has happened. */
  quarantine: string;
  ifApproved: string;
  ifDenied: string;
}

/** Nobody is asked about a change that was left alone. */
const UNTOUCHED: DescribedContainment = {
  quarantine: 'It would have been quarantined. Nothing was touched: the grant is in force.',
  ifApproved: 'Nobody is asked.',
  ifDenied: 'Nobody is asked.',
};

export function describeContainment(
  request: Pick<ApprovalRequest, 'change' | 'containment' | 'inForceBecause'>,
): DescribedContainment {
  const { target } = request.change;
  if (request.inForceBecause !== undefined) return stillInForce(request.inForceBecause);
  if (request.containment.type === 'none') return UNTOUCHED;
  switch (target.type) {
    case 'managed-policy':
      return managedPolicy(request, plainLine(target.versionId));
    case 'inline-policy':
      return inlinePolicy(`The inline policy ${policyName(target)} on ${entityPhrase(target)}`, request);
    case 'attachment':
      return {
        quarantine: `${policyName(target)} has been detached from ${entityPhrase(target)}.`,
        ifApproved: `It is attached to ${entityPhrase(target)} again.`,
        ifDenied: attachedBefore(request.containment)
          ? 'It is attached again, as it was before the change.'
          : 'It stays detached.',
      };
  }
}

function attachedBefore(containment: Containment): boolean {
  return containment.type === 'attachment' && containment.isBefore !== undefined;
}

function stillInForce(because: string): DescribedContainment {
  return {
    quarantine: `It could NOT be taken out of force (${plainLine(because)}): THE GRANT IS IN FORCE. The guard goes on trying.`,
    ifApproved: 'It is left in force, and the guard stops trying.',
    ifDenied: 'The guard goes on trying to take it out of force; then the removal is final.',
  };
}

function inlinePolicy(
  what: string,
  { containment }: Pick<ApprovalRequest, 'containment'>,
): DescribedContainment {
  const { deleted, stands, isBefore } = containment.type === 'inline-policy' ? containment : {};
  const ifApproved = 'The reviewed document is put back, byte for byte.';
  if (deleted) {
    const quarantine = `${what} has been deleted until the decision, because nothing else had room; the reviewed document is kept.`;
    return { quarantine, ifApproved, ifDenied: 'It stays deleted.' };
  }
  if (isBefore) {
    const quarantine = `${what} is again what was last seen there before the change; the reviewed document is kept.`;
    return { quarantine, ifApproved, ifDenied: 'What was there before the change stays.' };
  }
  if (stands === undefined || stands.sha256 === PLACEHOLDER_SHA256) {
    const quarantine = `${what} has been replaced by a placeholder that grants nothing; the reviewed document is kept.`;
    return { quarantine, ifApproved, ifDenied: 'The inline policy is deleted.' };
  }
  return {
    quarantine: `${what} has been replaced by a placeholder that grants nothing of it and still denies what it denied; the reviewed document is kept.`,
    ifApproved,
    ifDenied: 'What stands there now stays: it denies what was denied.',
  };
}

function managedPolicy(
  { change, containment }: Pick<ApprovalRequest, 'change' | 'containment'>,
  version: string,
): DescribedContainment {
  const managed = containment.type === 'managed-policy' ? containment : undefined;
  const inForce = plainLine(managed?.inForceVersionId ?? 'another version');
  const placeholder = managed?.placeholderVersionId !== undefined;
  const instead = placeholder ? 'a placeholder that grants nothing' : fallback(managed);
  const archived =
    managed?.archivedVersionId === undefined
      ? ''
      : ` To make room, the unused version ${plainLine(managed.archivedVersionId)} has been moved to the ledger.`;
  return {
    quarantine: `Version ${version} has been taken out of force and is kept. In force instead: ${inForce}, ${instead}.${archived}`,
    ifApproved: `Version ${version} is put back in force, exactly as reviewed${placeholder ? ', and the placeholder is deleted' : ''}.`,
    ifDenied:
      change.eventName === 'SetDefaultPolicyVersion'
        ? `Version ${version} stays out of force.`
        : `Version ${version} is deleted for good.`,
  };
}

/** Which earlier version is in force instead. */
function fallback(managed: Extract<Containment, { type: 'managed-policy' }> | undefined): string {
  switch (managed?.inForceGrants) {
    case 'approved':
      return 'an earlier version, exactly as it was approved';
    case 'observed':
      return 'an earlier version that grants nothing that is enforced';
    case undefined:
      return 'an earlier version that grants nothing restricted';
  }
}
