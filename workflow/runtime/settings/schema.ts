import * as z from 'zod';
import { ARN_PATTERN } from '../arn-pattern.ts';

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

const count = (fallback: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(1, 'must be at least 1').max(max, `must be at most ${max}`))
    .default(fallback);

const yesOrNo = z
  .enum(['true', 'false'], 'must be true or false')
  .default('false')
  .transform((text) => text === 'true');

const arnPattern = z
  .string()
  .regex(new RegExp(`^${ARN_PATTERN}$`), 'must hold ARN patterns (arn:aws:iam::…:role/…), comma-separated');

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
);

/**
 * Every setting there is, each with its rule. The first group is for the person who deploys (`.env`), the second
 * is filled in by the stack or the sandbox. The lists of `read-list.ts` are read on their own, because they may come
 * from a file.
 */
export const schema = {
  ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  SLACK_CHANNEL: z
    .string()
    .regex(/^[CG][A-Z0-9]{2,}$/, 'must be a channel id such as C0123456789 (channel details, at the bottom)'),
  SLACK_TEAM_ID: z.string().regex(/^[TE][A-Z0-9]{2,}$/, 'must be a workspace id such as T0123456789'),
  SLACK_API_URL: url.default('https://slack.com/api/'),
  APPROVERS: list.pipe(
    z
      .array(
        z
          .string()
          .regex(
            /^[UWS][A-Z0-9]{2,}$/,
            'must hold user ids (U…, W…) and user group ids (S…), comma-separated',
          ),
      )
      .min(1, 'must name at least one user or user group'),
  ),
  APPROVALS_REQUIRED: count(1, 10),
  REQUESTER_EMAIL_DOMAIN: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'must be a domain such as example.com')
    .optional(),
  FEDERATED_ROLES: list.pipe(z.array(arnPattern)).default([]),
  EMAIL_LINKS: z
    .enum(['approve-and-deny', 'deny-only', 'off'], 'must be approve-and-deny, deny-only or off')
    .default('approve-and-deny'),
  BREAK_GLASS: yesOrNo,
  MODE: z.enum(['enforce', 'observe'], 'must be enforce or observe').default('enforce'),
  REQUEST_TIMEOUT_SECONDS: seconds(86_400),
  REMINDER_SECONDS: seconds(3_600),
  ADMIN_EMAIL_SECONDS: seconds(43_200),
  NOTIFY_ALLOWED: z.enum(['off', 'slack', 'email'], 'must be off, slack or email').default('off'),
  ATTACHMENTS: z
    .enum(['ask-unless-approved', 'always-ask', 'off'], 'must be ask-unless-approved, always-ask or off')
    .default('ask-unless-approved'),
  LOG_LEVEL: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR'], 'must be DEBUG, INFO, WARN or ERROR').default('INFO'),

  CREATE_TRAIL: yesOrNo,

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
