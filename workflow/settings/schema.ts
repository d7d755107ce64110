import { z } from 'zod';

/** Bounds: a callback may wait a year (Step Functions' limit for a task); a wait under a second cannot be kept. */
const YEAR_SECONDS = 31_536_000;

const seconds = (fallback: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number of seconds')
    .transform(Number)
    .pipe(z.number().min(1, 'must be at least 1 second').max(YEAR_SECONDS, 'must be at most a year'))
    .default(fallback);

const arn = z.string().regex(/^arn:aws[a-z-]*:/, 'must be an ARN (arn:aws…)');
const url = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

const list = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  )
  .default([]);

/**
 * Every setting there is, each with its rule. The first group is for the person who deploys (`.env`), the second
 * is filled in by the stack or the sandbox. Restricted actions are read on their own (`restricted-actions/`),
 * because they may come from a file.
 */
export const schema = {
  RESTRICTED_ACTIONS: z.string().optional(),
  RESTRICTED_ACTIONS_FILE: z.string().optional(),
  ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  SLACK_CHANNEL: z
    .string()
    .regex(/^[CG][A-Z0-9]{2,}$/, 'must be a channel id such as C0123456789 (channel details, at the bottom)'),
  SLACK_TEAM_ID: z.string().regex(/^[TE][A-Z0-9]{2,}$/, 'must be a workspace id such as T0123456789'),
  SLACK_API_URL: url.default('https://slack.com/api/'),
  APPROVERS: list.pipe(
    z.array(
      z
        .string()
        .regex(/^[UWS][A-Z0-9]{2,}$/, 'must hold user ids (U…, W…) and user group ids (S…), comma-separated'),
    ),
  ),
  REQUEST_TIMEOUT_SECONDS: seconds(86_400),
  REMINDER_SECONDS: seconds(14_400),
  NOTIFY_ALLOWED: z.enum(['off', 'slack', 'email'], 'must be off, slack or email').default('off'),
  ATTACHMENTS: z
    .enum(['ask-unless-approved', 'always-ask', 'off'], 'must be ask-unless-approved, always-ask or off')
    .default('ask-unless-approved'),
  LOG_LEVEL: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR'], 'must be DEBUG, INFO, WARN or ERROR').default('INFO'),

  CREATE_TRAIL: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((text) => text === 'true'),

  TABLE_NAME: z.string().min(1),
  TOPIC_ARN: arn,
  SLACK_SECRET_ARN: arn,
  LINK_SECRET_ARN: arn,
  CONTAIN_ROLE_ARN: arn,
  PUBLIC_URL: url,
  EVENT_RULE_NAME: z.string().min(1),
} as const;

export type SettingName = keyof typeof schema;
export type Settings = { [Name in SettingName]: z.output<(typeof schema)[Name]> };
