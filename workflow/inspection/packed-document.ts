import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from '../runtime/zod.ts';

/** A policy document as the steps hand it on: gzip, base64. Documents padded to 131,072 characters stay small. */
export const packedDocumentSchema = z.object({
  gzip: z.string(),
  /** SHA-256 of the UTF-8 text, hex. */
  sha256: z.string(),
});
export type PackedDocument = z.infer<typeof packedDocumentSchema>;

/** SHA-256 of the UTF-8 text, hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Packs a document for a state or the ledger; `unpack` gives back the same bytes. */
export function pack(text: string): PackedDocument {
  return { gzip: gzipSync(text).toString('base64'), sha256: sha256(text) };
}

/** More than anybody reads; a state has room for what has to be there, and for one of these. */
const MOST_CHARACTERS = 60_000;

/**
 * Packs a text that helps whoever decides, and that nothing depends on.
 *
 * @returns undefined when it would take too much room
 */
export function packIfSmall(text: string): PackedDocument | undefined {
  const packed = pack(text);
  return packed.gzip.length > MOST_CHARACTERS ? undefined : packed;
}

/** @throws Error when the bytes are not the ones that were packed: a wrong document must never be put in force */
export function unpack(document: PackedDocument): string {
  const text = gunzipSync(Buffer.from(document.gzip, 'base64')).toString('utf8');
  if (sha256(text) !== document.sha256) {
    throw new Error(`The stored document does not match its SHA-256 ${document.sha256}; it is not put back.`);
  }
  return text;
}
