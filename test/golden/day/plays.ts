import type { Play } from './play.ts';
import { commands, homes } from './plays/asked-for.ts';
import { decided } from './plays/decided.ts';
import { escalated, unknownChange } from './plays/escalated.ts';
import { expired } from './plays/expired.ts';
import { group } from './plays/group.ts';
import { install } from './plays/install.ts';
import { attached, inline, superseded, version } from './plays/kinds.ts';
import { refused } from './plays/refused.ts';
import { denyOnly, slackDown } from './plays/slack-down.ts';
import { exempt, notified, notifiedByEmail, observed } from './plays/told-only.ts';
import { breakGlass, byTwo } from './plays/votes.ts';

/** The scripted day: name → play. Slack takes one message a second in a channel, so each has a sandbox of its own. */
export const PLAYS: Readonly<Record<string, Play>> = {
  decided,
  commands,
  homes,
  refused,
  expired,
  escalated,
  'unknown-change': unknownChange,
  group,
  observed,
  exempt,
  notified,
  'notified-by-email': notifiedByEmail,
  attached,
  inline,
  version,
  superseded,
  'slack-down': slackDown,
  'deny-only': denyOnly,
  'by-two': byTwo,
  'break-glass': breakGlass,
  install,
};
