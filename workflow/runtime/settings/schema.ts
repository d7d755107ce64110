import * as z from '../zod.ts';
import {
  accountNames,
  arn,
  arnPattern,
  count,
  list,
  oneOf,
  seconds,
  secondsOrNone,
  slackIds,
  url,
  waitingSeconds,
  yesOrNo,
  yesUnlessNo,
} from './rules.ts';

/** The functions, by name; each is described beside its handler. */
export const FUNCTION_NAMES = [
  'inspect',
  'contain',
  'notify',
  'slack',
  'email',
  'install',
  'reconcile',
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** The headings of the settings that a person gives, in the order of `.env.example`. */
export const SECTIONS = {
  restricted: 'What is restricted',
  asked: 'Who is asked, and where',
  requester: 'Who the requester is in Slack',
  decision: 'What a decision takes',
  exempt: 'What is left alone',
  time: 'How long, and how loud',
  deployment: 'Deployment only',
  sandbox: 'Sandbox only (npm start)',
} as const;

/** Who gives a setting: a person, under one of the headings, or whatever runs the functions (the stack, the sandbox). */
type Giver = keyof typeof SECTIONS | 'stack';

interface Described {
  by: Giver;
  /** The functions that are given it. */
  for: readonly FunctionName[];
  /** What it is for, as it stands in `.env.example`. */
  about: string;
}

/** One value. */
interface Setting extends Described {
  rule: z.ZodMiniType<unknown, string | undefined>;
}

/** A text that may be long: given as NAME, or as NAME_FILE, the path of a text file. Its reader checks it. */
interface ListSettingEntry extends Described {
  list: {
    /** How a file of it is written. */
    file: string;
  };
  /** A value that we recommend, and why. */
  recommended?: { text: string; value: string };
}

const port = z.pipe(
  z.pipe(
    z.string().check(z.regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535; 0 picks a free one')),
    z.transform(Number),
  ),
  z.number().check(z.lte(65_535, 'must be a port number from 0 to 65535; 0 picks a free one')),
);

const milliseconds = z.pipe(
  z.string().check(z.regex(/^\d{1,6}$/, 'must be a whole number of milliseconds, at most 999999')),
  z.transform(Number),
);

/**
 * Every setting there is: its rule, who gives it, which functions get it, what it is for. Nothing else lists settings:
 * `.env.example`, the checks before deployment and before the sandbox starts, and the environment of each function
 * are made from here.
 */
export const SETTINGS = {
  RESTRICTED_ACTIONS: {
    by: 'restricted',
    for: ['inspect', 'contain', 'slack', 'reconcile'],
    about:
      'Comma-separated actions, patterns and named sets; unset: s3:DeleteBucket,s3:DeleteObject. `npm run -s inspect -- --sets` shows the sets.\n' +
      'An entry may carry attributes: s3:DeleteBucket severity=critical mode=observe (severity: low, medium, high, critical),\n' +
      'or say on what it counts: s3:DeleteObject resource=arn:aws:s3:::prod-* (or resource=broad), ec2:TerminateInstances unless=aws:ResourceTag/team.',
    list: { file: 'with entries separated by commas or new lines' },
    recommended: {
      text: 'A list that we recommend: take out of force what nobody should get unseen, and report what is broad.',
      value: '@unseen,@broad mode=observe',
    },
  },
  UNKNOWN_ACTIONS: {
    by: 'restricted',
    for: ['inspect', 'contain', 'slack', 'reconcile'],
    about:
      'Whether an entry with wildcards counts where it and a policy share names that no action has yet, such as lambda:*Permission and lambda:Get*:\n' +
      'restricted, or allowed: only actions count that are known on the day of the list (`npm run -s inspect -- --sets` says which). Unset: restricted.',
    rule: oneOf(['restricted', 'allowed']),
  },

  SLACK_CHANNEL: {
    by: 'asked',
    for: ['notify', 'slack'],
    about:
      'Id of the security channel, such as C0123456789 (channel details, at the bottom). Required to deploy.',
    rule: z.string().check(
      z.regex(/^[CG][A-Z0-9]{2,}$/, {
        error: ({ input }) =>
          `must be a channel id such as C0123456789 (channel details, at the bottom)${input?.startsWith('#') ? ', not its name; and # begins a comment' : ''}`,
      }),
    ),
  },
  SLACK_TEAM_ID: {
    by: 'asked',
    for: ['notify', 'slack', 'install'],
    about:
      'Id of the Slack workspace, such as T0123456789; no other workspace is listened to. Required to deploy.',
    rule: z.string().check(z.regex(/^[TE][A-Z0-9]{2,}$/, 'must be a workspace id such as T0123456789')),
  },
  APPROVERS: {
    by: 'asked',
    for: ['notify', 'slack'],
    about:
      'Comma-separated Slack user ids (U…, profile, ⋮, "Copy member ID") and user group ids (S…, in the group\'s address) that may decide. Required to deploy.',
    rule: slackIds,
  },
  NOTIFY: {
    by: 'asked',
    for: ['notify', 'slack'],
    about:
      'Comma-separated Slack user and user group ids that are mentioned where somebody has to decide, if others than APPROVERS. They may not decide by that.',
    rule: z.optional(slackIds),
  },
  MENTION_FROM: {
    by: 'asked',
    for: ['notify', 'slack'],
    about:
      'The severity from which a request mentions people at once: high, critical, medium or low; what has none counts as high. Below it they are told without a mention, and reminded with one. Unset: high.',
    rule: oneOf(['high', 'critical', 'medium', 'low']),
  },
  APPROVALS_REQUIRED: {
    by: 'asked',
    for: ['notify', 'slack', 'reconcile'],
    about:
      'How many different approvers have to approve; one denial denies. A requester who is not known in Slack needs two at least. Unset: 1.',
    rule: count(1, 10),
  },
  ADMIN_EMAIL: {
    by: 'asked',
    for: ['notify', 'slack', 'email', 'reconcile'],
    about: 'E-mail address that gets the requests while Slack is down, and the alarms.',
    rule: z.optional(z.email('must be an e-mail address')),
  },
  ACCOUNT_NAMES: {
    by: 'asked',
    for: ['notify', 'slack', 'email'],
    about: 'What people call the accounts, comma-separated: 123456789012=prod. Unset: their aliases in IAM.',
    rule: z._default(accountNames, []),
  },
  RUNBOOK_URL: {
    by: 'asked',
    for: ['notify'],
    about:
      'Where infra/aws/RUNBOOK.md can be read, for the links in alarms of people. Unset: the path is named.',
    rule: z.optional(url),
  },
  SLACK_API_URL: {
    by: 'asked',
    for: ['notify', 'slack', 'install'],
    about: "Slack's Web API; only GovSlack has another one. Unset: https://slack.com/api/",
    rule: z._default(url, 'https://slack.com/api/'),
  },

  REQUESTER_SLACK_USERS: {
    by: 'requester',
    for: ['notify'],
    about:
      'Who an AWS identity is: ARN=U…, separated by commas; ARNs of users, roles or sessions, * and ? as in IAM.',
    list: { file: 'with one entry on each line' },
  },
  REQUESTER_EMAIL_DOMAIN: {
    by: 'requester',
    for: ['notify'],
    about:
      'Domain after the @ of IAM user names: the IAM user alice is the Slack user alice@example.com. Unset: IAM user names prove nothing.',
    rule: z.optional(
      z.string().check(z.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'must be a domain such as example.com')),
    ),
  },
  FRESH_REQUESTER_SECONDS: {
    by: 'requester',
    for: ['notify'],
    about:
      'Seconds for which an IAM user that is new under its name, or has a new access key, login profile or session of a key, counts as unknown in Slack, so that two approvers are needed; 0: never, nor a user who is not the one of the event. Unset: 86400 (a day).',
    rule: secondsOrNone(86_400),
  },
  FEDERATED_ROLES: {
    by: 'requester',
    for: ['notify'],
    about:
      'Comma-separated ARN patterns of roles whose session names only your identity provider sets; an e-mail address there is believed.',
    rule: z._default(z.pipe(list, z.array(arnPattern)), []),
  },

  EMAIL_LINKS: {
    by: 'decision',
    for: ['notify', 'slack', 'email'],
    about: 'What the links in e-mails may do: approve-and-deny, deny-only or off. Unset: approve-and-deny.',
    rule: oneOf(['approve-and-deny', 'deny-only', 'off']),
  },
  BREAK_GLASS: {
    by: 'decision',
    for: ['notify', 'slack'],
    about:
      'Let an approver approve their own change, with a written reason, announced to everyone: true or false. Unset: false.',
    rule: yesOrNo,
  },

  MODE: {
    by: 'exempt',
    for: ['inspect', 'contain', 'slack', 'reconcile'],
    about: 'enforce, or observe: report everything and touch nothing. Unset: enforce.',
    rule: oneOf(['enforce', 'observe']),
  },
  EXEMPT_REQUESTERS: {
    by: 'exempt',
    for: ['inspect', 'slack', 'reconcile'],
    about:
      'Requesters whose changes are only summed up once a day: ARN pattern until YYYY-MM-DD: reason, separated by semicolons.',
    list: { file: 'with one entry on each line' },
  },

  REQUEST_TIMEOUT_SECONDS: {
    by: 'time',
    for: ['notify', 'slack'],
    about:
      'Seconds that a request may wait, at most 180 days; then it expires and counts as denied. Unset: 86400 (a day).',
    rule: waitingSeconds(86_400),
  },
  REMINDER_SECONDS: {
    by: 'time',
    for: ['notify', 'slack'],
    about: 'Seconds until the first reminder; the wait doubles each time. Unset: 3600 (an hour).',
    rule: seconds(3_600),
  },
  ADMIN_EMAIL_SECONDS: {
    by: 'time',
    for: ['notify', 'slack'],
    about:
      'Seconds until ADMIN_EMAIL hears of a request that nobody has decided. Unset: 43200 (twelve hours).',
    rule: seconds(43_200),
  },
  CONFIRM_SECONDS: {
    by: 'time',
    for: ['reconcile'],
    about:
      'Seconds after which an event that CloudTrail does not show counts as forged; CloudTrail takes up to 15 minutes. Unset: 1800 (half an hour).',
    rule: seconds(1_800),
  },
  SWEEP_SETTLE_SECONDS: {
    by: 'time',
    for: ['reconcile'],
    about:
      'Seconds between the first and the second reading of the account that show a grant, until it counts as one that no event has told of. Unset: 600 (ten minutes).',
    rule: seconds(600),
  },
  NOTIFY_ALLOWED: {
    by: 'time',
    for: ['inspect', 'notify'],
    about: 'Tell harmless changes too: off, slack or email. Unset: off.',
    rule: oneOf(['off', 'slack', 'email']),
  },
  ATTACHMENTS: {
    by: 'time',
    for: ['inspect', 'contain', 'slack', 'reconcile'],
    about:
      'Attaching a policy that grants a restricted action: ask-unless-approved, always-ask or off. Unset: ask-unless-approved.',
    rule: oneOf(['ask-unless-approved', 'always-ask', 'off']),
  },
  LOG_LEVEL: {
    by: 'time',
    for: FUNCTION_NAMES,
    about: 'What the functions log: DEBUG, INFO, WARN or ERROR. Unset: INFO (in the sandbox: ERROR).',
    rule: z._default(
      z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR'], 'must be DEBUG, INFO, WARN or ERROR'),
      'INFO',
    ),
  },

  CREATE_TRAIL: {
    by: 'deployment',
    for: [],
    about:
      'Make a CloudTrail trail of management write events, for an account that has none: true or false. Unset: false.',
    rule: yesOrNo,
  },
  RESERVE_CONCURRENCY: {
    by: 'deployment',
    for: [],
    about:
      'Keep concurrent executions of Lambda free for each function, so that no flood slows quarantine; false only in an account whose quota is under 440: true or false. Unset: true.',
    rule: yesUnlessNo,
  },

  SANDBOX_PAGE_PORT: {
    by: 'sandbox',
    for: [],
    about: 'Port of the page; 0 picks a free one. Unset: 3000.',
    rule: z._default(port, 3000),
  },
  SANDBOX_AWS_PORT: {
    by: 'sandbox',
    for: [],
    about: 'Port of the AWS endpoint; 0 picks a free one. Unset: 4566.',
    rule: z._default(port, 4566),
  },
  SANDBOX_CLOUDTRAIL_DELAY_MS: {
    by: 'sandbox',
    for: [],
    about: 'Milliseconds until CloudTrail reports a change. Unset: 1000.',
    rule: z._default(milliseconds, 1000),
  },
  SANDBOX_EVENT_HISTORY_DELAY_MS: {
    by: 'sandbox',
    for: [],
    about: "Milliseconds until CloudTrail's LookupEvents finds a change; AWS takes minutes. Unset: 0.",
    rule: z._default(milliseconds, 0),
  },
  SANDBOX_GUARDRAILS: {
    by: 'sandbox',
    for: [],
    about:
      'on: the service control policies of `npm run guardrails` bind everybody who calls the sandbox. Unset: off.',
    rule: z._default(z.enum(['on', 'off']), 'off'),
  },

  TABLE_NAME: {
    by: 'stack',
    for: ['inspect', 'contain', 'notify', 'slack', 'email', 'reconcile'],
    about: "The ledger's DynamoDB table.",
    rule: z.string().check(z.minLength(1)),
  },
  TOPIC_ARN: {
    by: 'stack',
    for: ['notify', 'slack', 'reconcile'],
    about: 'The SNS topic of e-mails.',
    rule: arn,
  },
  SLACK_SECRET_ARN: {
    by: 'stack',
    for: ['notify', 'slack', 'install'],
    about: 'The secret with what Slack gave: signing secret, client id and secret, bot token.',
    rule: arn,
  },
  LINK_SECRET_ARN: {
    by: 'stack',
    for: ['notify', 'email', 'install'],
    about: 'The secret that signs the links in e-mails.',
    rule: arn,
  },
  CONTAIN_ROLE_ARN: {
    by: 'stack',
    for: ['inspect', 'contain', 'reconcile'],
    about: 'The role that the guard itself writes IAM with.',
    rule: arn,
  },
  PUBLIC_URL: {
    by: 'stack',
    for: ['notify', 'slack', 'install'],
    about: 'Where Slack and links reach the guard.',
    rule: url,
  },
  STATE_MACHINE_ARN: {
    by: 'stack',
    for: ['reconcile'],
    about: 'The state machine whose executions are taken up again.',
    rule: arn,
  },
  EVENT_RULE_NAME: {
    by: 'stack',
    for: ['slack'],
    about: 'The EventBridge rule that hears of changes.',
    rule: z.string().check(z.minLength(1)),
  },
} as const satisfies Record<string, Setting | ListSettingEntry>;

type Table = typeof SETTINGS;

/** The settings that may be long; see `read-list.ts`. */
export type ListSetting = {
  [Name in keyof Table]: Table[Name] extends { list: unknown } ? Name : never;
}[keyof Table];

/** The settings that are one value. */
export type SettingName = Exclude<keyof Table, ListSetting>;

export type Settings = {
  [Name in SettingName]: Table[Name] extends { rule: infer Rule extends z.ZodMiniType }
    ? z.output<Rule>
    : never;
};

/** The settings that a function is given. */
export type SettingOf<Name extends FunctionName> = {
  [Setting in SettingName]: Name extends Table[Setting]['for'][number] ? Setting : never;
}[SettingName];

/** The settings that people give under one of these headings. */
type GivenBy<By extends Giver> = {
  [Setting in SettingName]: Table[Setting]['by'] extends By ? Setting : never;
}[SettingName];

export type DeployerSetting = GivenBy<Exclude<keyof typeof SECTIONS, 'sandbox'>>;
type SandboxSetting = GivenBy<'sandbox'>;

const entries = Object.entries(SETTINGS) as [SettingName | ListSetting, Setting | ListSettingEntry][];

export const LIST_SETTINGS = entries
  .filter(([, entry]) => 'list' in entry)
  .map(([name]) => name) as ListSetting[];

/** Those of one value, in the order of the table. */
function settingsWhere(fits: (entry: Setting) => boolean): SettingName[] {
  return entries.flatMap(([name, entry]) => ('rule' in entry && fits(entry) ? [name as SettingName] : []));
}

export const DEPLOYER_SETTINGS = settingsWhere(
  ({ by }) => by !== 'stack' && by !== 'sandbox',
) as DeployerSetting[];
export const SANDBOX_SETTINGS = settingsWhere(({ by }) => by === 'sandbox') as SandboxSetting[];

/** The settings of one value that a function is given, besides its lists. */
export function settingsOf<Name extends FunctionName>(name: Name): SettingOf<Name>[] {
  return settingsWhere((entry) => entry.for.includes(name)) as SettingOf<Name>[];
}

/** The lists that a function reads. */
export function listsOf(name: FunctionName): ListSetting[] {
  return LIST_SETTINGS.filter((list) => (SETTINGS[list].for as readonly FunctionName[]).includes(name));
}
