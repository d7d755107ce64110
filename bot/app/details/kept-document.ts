import { type PackedDocument, unpack } from '../../../workflow/inspection/packed-document.ts';

/** A document out of the ledger, byte for byte, or why it cannot be shown, in one sentence. */
export type KeptDocument = { text: string; sha256: string } | { missing: string };

/** @param absent what it means that there is none */
export function readKept(document: PackedDocument | undefined, absent: string): KeptDocument {
  if (document === undefined) return { missing: absent };
  try {
    return { text: unpack(document), sha256: document.sha256 };
  } catch {
    // Damaged bytes must not keep the rest from being shown; whoever puts a document back unpacks it again.
    return { missing: `What the ledger holds does not match its SHA-256 ${document.sha256}.` };
  }
}
