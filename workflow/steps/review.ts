import type { Inspection, RestrictedAction } from '../inspection/finding.ts';
import { inspectDocument } from '../inspection/inspect-document.ts';

/**
 * Inspects a document where a failing inspection must not stop anything: what cannot be inspected is restricted,
 * and says why.
 */
export function review(document: string, restricted: readonly RestrictedAction[]): Inspection {
  try {
    return inspectDocument(document, restricted);
  } catch (error) {
    return { restricted: true, findings: [], unreadable: `It could not be inspected (${String(error)}).` };
  }
}
