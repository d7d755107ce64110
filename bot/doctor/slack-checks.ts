import type { Identity, SlackApi } from '../media/slack/api/slack-api.ts';
import { SlackCallError } from '../media/slack/api/slack-error.ts';
import { textMessage } from '../media/slack/blocks/blocks.ts';
import { SCOPES } from '../media/slack/scopes.ts';
import type { Check } from './check.ts';

export interface SlackExamination {
  slack: Pick<SlackApi, 'identity' | 'whisper'>;
  teamId: string;
  channel: string;
  askedBy: string;
  /** Where the app is installed from. */
  installUrl: string;
}

/** Token, workspace and scopes: one call of auth.test tells all three. */
export async function checkToken({ slack, teamId, installUrl }: SlackExamination): Promise<Check> {
  const name = 'Slack token';
  let identity: Identity;
  try {
    identity = await slack.identity();
  } catch (error) {
    const unauthorized = error instanceof SlackCallError && error.failure === 'unauthorized';
    if (!unauthorized) throw error;
    return {
      name,
      status: 'wrong',
      found: `Slack refuses it (${error.code}).`,
      mend: `Install the app at ${installUrl}; no deployment is needed.`,
    };
  }
  if (identity.teamId !== teamId) {
    return {
      name,
      status: 'wrong',
      found: `It belongs to the workspace ${identity.teamId}, not to ${teamId}.`,
      mend: `Install the app to ${teamId}, or set SLACK_TEAM_ID and deploy.`,
    };
  }
  const missing = SCOPES.filter((scope) => !identity.scopes.includes(scope));
  if (missing.length === 0) {
    return { name, status: 'ok', found: `It belongs to ${identity.botName} in ${identity.teamName}.` };
  }
  return {
    name,
    status: 'wrong',
    found: `These scopes are missing: ${missing.join(', ')}.`,
    mend: `Update the app with what npm run slack:manifest prints, then install it again at ${installUrl}.`,
  };
}

/**
 * Whether the bot may write in the channel, found out by writing there what only the person who asked can see:
 * reading the list of members would need a scope that the bot does not have.
 */
export async function checkChannel({ slack, channel, askedBy }: SlackExamination): Promise<Check> {
  const name = 'Slack channel';
  try {
    await slack.whisper(channel, askedBy, textMessage('Policy Guard can write here. Only you see this.'));
    return { name, status: 'ok', found: `The bot can write in ${channel}.` };
  } catch (error) {
    if (!(error instanceof SlackCallError) || error.failure !== 'refused') throw error;
    return { name, ...channelProblem(error.code, channel) };
  }
}

function channelProblem(code: string, channel: string): Omit<Check, 'name'> {
  switch (code) {
    case 'not_in_channel':
      return {
        status: 'wrong',
        found: `The bot is not a member of ${channel}.`,
        mend: 'Write “/invite @Policy Guard” in the channel.',
      };
    case 'channel_not_found':
      return {
        status: 'wrong',
        found: `Slack shows the bot no channel ${channel}.`,
        mend: 'If it is private, write “/invite @Policy Guard” there; otherwise correct SLACK_CHANNEL and deploy.',
      };
    case 'is_archived':
      return {
        status: 'wrong',
        found: `${channel} is archived.`,
        mend: 'Restore the channel, or set SLACK_CHANNEL to another one and deploy.',
      };
    case 'user_not_in_channel':
      return {
        status: 'unknown',
        found: `You are not a member of ${channel}, so this cannot be tried for you.`,
        mend: 'Join the channel and ask again.',
      };
    default:
      return {
        status: 'wrong',
        found: `Slack refuses what the bot writes in ${channel} (${code}).`,
        mend: 'Look the code up under chat.postEphemeral at docs.slack.dev.',
      };
  }
}
