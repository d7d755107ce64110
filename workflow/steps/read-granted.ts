import type { LedgerLookups } from '../containment/ledger-lookups.ts';
import type { AttachmentTarget, Target } from '../events/change.ts';
import type { ParsedChange } from '../events/parse-change.ts';
import type { ReviewRules } from '../inspection/must-quarantine.ts';
import { unpack } from '../inspection/packed-document.ts';
import type { ApprovalRequest } from '../ledger/request.ts';
import { readDocument } from './read-document.ts';
import { wouldBeQuarantined } from './review.ts';

type Tools = Parameters<typeof readDocument>[2] & { lookups: Pick<LedgerLookups, 'requestsUnderReview'> };

/** The document that a change is judged by. */
export interface Granted {
  /** Missing when it could not be read. */
  text?: string;
  /** The document that an attached policy has in force. */
  inForce?: string;
  /** The request in which it waits, where it is another one than what is in force. */
  waitsIn?: string;
}

/**
 * What a change grants: the document that it put in force; of an attached policy also a version that is under
 * review, for what is approved comes into force for everybody who has the policy then.
 *
 * @throws what IAM throws, but for a miss
 */
export async function readGranted(
  parsed: Pick<ParsedChange, 'change' | 'document'>,
  rules: ReviewRules,
  tools: Tools,
): Promise<Granted> {
  const { target } = parsed.change;
  // Asked at once, because a ledger that does not answer must not cost its time after IAM's.
  const asked = target.type === 'attachment' ? tools.lookups.requestsUnderReview(target.policyArn) : [];
  const text = await readDocument(parsed, rules, tools);
  if (text === undefined) return {};
  const granted: Granted = { text, ...(target.type === 'attachment' && { inForce: text }) };
  if (wouldBeQuarantined(text, rules)) return granted;
  const waiting = (await asked).find((request) => isAboutNewcomer(request, target, rules));
  if (waiting?.document === undefined) return granted;
  return { ...granted, text: unpack(waiting.document), waitsIn: waiting.id };
}

/** Whoever had the policy when the request was made is named in it. */
function isAboutNewcomer(
  { document, principal }: ApprovalRequest,
  target: Target,
  rules: ReviewRules,
): boolean {
  if (document === undefined || target.type !== 'attachment') return false;
  const known = principal?.members?.some(({ name }) => isHolder(name, target)) ?? false;
  return !known && wouldBeQuarantined(unpack(document), rules);
}

function isHolder(name: string, { entity, entityName }: AttachmentTarget): boolean {
  return name.toLowerCase() === `${entity}/${entityName}`.toLowerCase();
}
