import type { RestrictedAction } from '../../../workflow/inspection/finding.ts';
import { fields, header, section } from '../../slack/blocks/blocks.ts';
import { listWithin, sections } from '../../slack/blocks/lists.ts';
import { mentionApprovers } from '../../slack/blocks/mentions.ts';
import { code, plain } from '../../slack/blocks/mrkdwn.ts';
import type { Block } from '../../slack/blocks/types.ts';
import { countOf } from '../../wording/phrases.ts';
import type { ShownSettings } from '../shown-settings.ts';
import { describeExemption, describeMode, describeSettings, modeView } from './describe-settings.ts';

const EXEMPTIONS_BUDGET = 3_000;

export interface HomeSettings {
  settings: ShownSettings;
  restricted: readonly RestrictedAction[];
  now: Date;
}

/** Loud while nothing is protected. */
export function modeBlocks({ settings, restricted }: HomeSettings): Block[] {
  const view = modeView(settings.mode, restricted);
  const text = describeMode(view);
  if (view.mode === 'enforce') return [section(`*Mode:* enforce. ${text}`)];
  const almost = view.exceptions === 0 ? 'nothing' : 'almost nothing';
  return [header(`⚠️ MODE=observe: ${almost} is quarantined`), section(`*${text}*`)];
}

/** How Policy Guard is set up, for approvers. */
export function settingsBlocks({ settings, restricted, now }: HomeSettings): Block[] {
  const pairs = describeSettings(settings, restricted.length).map(
    ([label, value]) => [label, plain(value, 300)] as const,
  );
  return [
    header('Settings'),
    section(`*Approvers*\n${mentionApprovers(settings.approvers)}`),
    fields(pairs),
    ...exemptions(settings, now),
  ];
}

function exemptions({ exemptions }: ShownSettings, now: Date): Block[] {
  if (exemptions.length === 0) return [section('*Exempt requesters*\nNone.')];
  const lines = exemptions
    .map((exemption) => describeExemption(exemption, now))
    .map(({ pattern, end, reason }) => `• ${code(pattern, 300)} ${end}: ${plain(reason, 200)}`);
  return sections([
    `*Exempt requesters* (${countOf(exemptions.length, 'entry', 'entries')})`,
    ...listWithin(lines, EXEMPTIONS_BUDGET),
  ]);
}
