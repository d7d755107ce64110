import type { Severity } from '../../../workflow/inspection/finding.ts';

/** What stands in front of a line about something of this severity; nothing where the list gives none. */
export function severityPrefix(severity: Severity | undefined): string {
  return severity === undefined ? '' : `*${severity.toUpperCase()}* `;
}
