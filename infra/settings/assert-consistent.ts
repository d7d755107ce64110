import type { Settings } from '../../workflow/runtime/settings/schema.ts';
import { SettingsError } from '../../workflow/runtime/settings/settings.ts';

/**
 * Settings that are each fine and together are not. How many people a user group has is Slack's to say, at the
 * moment of a click: it counts as many.
 *
 * @throws SettingsError when fewer people may approve than have to
 */
export function assertConsistent({
  APPROVERS,
  APPROVALS_REQUIRED,
}: Pick<Settings, 'APPROVERS' | 'APPROVALS_REQUIRED'>): void {
  const people = listedPeople(APPROVERS);
  if (people === undefined || people >= APPROVALS_REQUIRED) return;
  throw new SettingsError([
    `APPROVALS_REQUIRED: ${APPROVALS_REQUIRED} people have to approve, and APPROVERS names ${people}; nothing could ever be approved`,
  ]);
}

/** How many people an approver list names; undefined when there is a user group among them. */
export function listedPeople(approvers: readonly string[]): number | undefined {
  return approvers.some((id) => id.startsWith('S')) ? undefined : new Set(approvers).size;
}
