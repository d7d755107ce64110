import type { IamReader } from '../account/iam/iam.ts';
import type { LedgerLookups } from '../containment/ledger-lookups.ts';
import { lookUntil, type Pause } from '../containment/settle.ts';
import type { Change, Target } from '../events/change.ts';
import type { CloudTrailRecord } from '../events/cloudtrail-record.ts';
import { isOwnChange } from '../events/own-change.ts';
import type { ParsedChange } from '../events/parse-change.ts';
import type { ReviewRules } from '../inspection/must-quarantine.ts';
import { sha256 } from '../inspection/packed-document.ts';
import { targetKey } from '../ledger/target-key.ts';
import { readDocument } from './read-document.ts';
import { wouldBeQuarantined } from './review.ts';

interface Tools {
  iam: IamReader;
  lookups: Pick<LedgerLookups, 'mayHavePutBack'>;
  pause: Pause;
}

/**
 * Whose write it is: `own`, certainly the guard's; `unproven`, by a session of the guard's role, and restricted, while
 * the ledger shows no approval of it; `other`, somebody else's.
 */
type Writer = 'own' | 'unproven' | 'other';

/**
 * A change is one that the guard makes: by a session of its own role, and either granting nothing that would
 * be quarantined, as all that quarantine puts in force, or exactly what the ledger has restore put back. The role alone
 * proves nothing: whoever may pass it to a function of their own has it too.
 *
 * The ledger is asked with patience: until it answers, an approved grant is not told from a stolen role's.
 */
export async function writerOf(
  record: CloudTrailRecord,
  parsed: Pick<ParsedChange, 'change' | 'document'>,
  rules: ReviewRules & { containRoleArn: string },
  tools: Tools,
): Promise<Writer> {
  if (!isOwnChange(record, rules.containRoleArn)) return 'other';
  const document = await readDocument(parsed, rules, tools);
  // What is not there any more is not in force either.
  if (document === undefined || !wouldBeQuarantined(document, rules)) return 'own';
  const ask = () => mayHavePutBack(parsed.change, document, tools.lookups);
  return (await lookUntil(ask, (found) => found, tools.pause)) ? 'own' : 'unproven';
}

/**
 * Whether the ledger shows an approval by which the guard may have put exactly this in force. It is asked once: a ledger
 * that is silent counts as one that shows none.
 */
export async function mayHavePutBack(
  { accountId, target }: Change,
  document: string,
  lookups: Tools['lookups'],
): Promise<boolean> {
  const keys = placesOf(target).map((place) => targetKey(accountId, place));
  const places = await Promise.all(keys.map((key) => lookups.mayHavePutBack(key, sha256(document))));
  return places.includes(true);
}

/** Where an approval of what the change put in force may sit. */
function placesOf(target: Target): Target[] {
  if (target.type !== 'attachment') return [target];
  return [target, { type: 'managed-policy', policyArn: target.policyArn, versionId: '' }];
}
