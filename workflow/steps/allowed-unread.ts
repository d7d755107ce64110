import type { ParsedChange } from '../events/parse-change.ts';
import type { Settings } from '../runtime/settings/schema.ts';

interface AllowedUnread {
  /** One sentence for people. */
  reason: string;
  /** Whether it is told where allowed changes are told. */
  tell: boolean;
}

/** Why a change is allowed whatever its document says; undefined when that depends on the document. */
export function allowedUnread(
  { change, inForce }: ParsedChange,
  { attachments }: { attachments: Settings['ATTACHMENTS'] },
): AllowedUnread | undefined {
  if (!inForce) {
    return { reason: 'The version was not made default: it grants nothing until it is.', tell: true };
  }
  if (change.target.type === 'attachment' && attachments === 'off') {
    return { reason: 'Attachments are not watched (ATTACHMENTS is off).', tell: false };
  }
  return undefined;
}
