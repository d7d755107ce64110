import type { Exemption } from '../../workflow/events/exemptions/exemption.ts';
import type { Settings } from '../../workflow/runtime/settings/schema.ts';
import type { NudgeRules } from '../../workflow/steps/nudges.ts';

/** The settings that people who decide should know of. */
export interface ShownSettings {
  mode: Settings['MODE'];
  approvers: readonly string[];
  approvalsRequired: number;
  breakGlass: boolean;
  emailLinks: Settings['EMAIL_LINKS'];
  attachments: Settings['ATTACHMENTS'];
  /** Seconds until a request expires. */
  timeoutSeconds: number;
  nudgeRules: NudgeRules;
  adminEmail: string | undefined;
  exemptions: readonly Exemption[];
}
