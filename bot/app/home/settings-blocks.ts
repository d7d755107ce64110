import type { Exemption } from '../../../workflow/events/exemptions/exemption.ts';
import type { RestrictedAction } from '../../../workflow/inspection/finding.ts';
import { fields, header, section } from '../../media/slack/blocks/blocks.ts';
import { listWithin, sections } from '../../media/slack/blocks/lists.ts';
import { mentionApprovers } from '../../media/slack/blocks/mentions.ts';
import { code, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block } from '../../media/slack/blocks/types.ts';
import { countOf } from '../../media/wording/phrases.ts';
import {
  describeExemption,
  describeMode,
  describeSettings,
  modeView,
  type ShownSettings,
} from './describe-settings.ts';

const EXEMPTIONS_BUDGET = 3_000;

export interface HomeSettings {
  settings: ShownSettings;
  restricted: readonly RestrictedAction[];
  exemptions: readonly Exemption[];
  now: Date;
}

/** Loud while nothing is protected. */
export function modeBlocks({ settings, restricted }: HomeSettings): Block[] {
  const described = modeView(settings.MODE, restricted);
  const text = describeMode(described);
  if (described.mode === 'enforce') return [section(`*Mode:* enforce. ${text}`)];
  const almost = described.exceptions === 0 ? 'nothing' : 'almost nothing';
  return [header(`⚠️ MODE=observe: ${almost} is quarantined`), section(`*${text}*`)];
}

/** How Policy Guard is set up, for approvers. */
export function settingsBlocks({ settings, restricted, exemptions, now }: HomeSettings): Block[] {
  const pairs = describeSettings(settings, restricted.length).map(
    ([label, value]) => [label, plain(value, 300)] as const,
  );
  return [
    header('Settings'),
    section(`*Approvers*\n${mentionApprovers(settings.APPROVERS)}`),
    fields(pairs),
    ...exemptionBlocks(exemptions, now),
  ];
}

function exemptionBlocks(exemptions: readonly Exemption[], now: Date): Block[] {
  if (exemptions.length === 0) return [section('*Exempt requesters*\nNone.')];
  const lines = exemptions
    .map((exemption) => describeExemption(exemption, now))
    .map(({ pattern, end, reason }) => `• ${code(pattern, 300)} ${end}: ${plain(reason, 200)}`);
  return sections([
    `*Exempt requesters* (${countOf(exemptions.length, 'entry', 'entries')})`,
    ...listWithin(lines, EXEMPTIONS_BUDGET),
  ]);
}
