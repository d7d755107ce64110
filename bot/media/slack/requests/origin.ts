import * as z from 'zod';

/**
 * Slack sends commands as a form, clicks as JSON in the form's field `payload`, and events as JSON. Only what tells
 * where a payload comes from is read here; the listeners read the rest.
 */
const originSchema = z.object({
  ssl_check: z.union([z.string(), z.number()]).optional(),
  type: z.string().optional(),
  /** With the type `url_verification`: what has to be answered when the address is configured. */
  challenge: z.string().optional(),
  /** Events. Whom one is about is not always said, and not always by an id alone. */
  event: z.object({ user: z.unknown().optional() }).optional(),
  authorizations: z.array(z.object({ is_enterprise_install: z.boolean().nullish() })).nullish(),
  /** Commands; the team of events too. */
  team_id: z.string().optional(),
  user_id: z.string().optional(),
  user_name: z.string().optional(),
  /** Null for an installation to a whole Enterprise organisation. */
  team: z.object({ id: z.string() }).nullish(),
  user: z.object({ id: z.string(), name: z.string().optional(), username: z.string().optional() }).optional(),
  is_enterprise_install: z.union([z.boolean(), z.string()]).nullish(),
});

interface Origin {
  sslCheck: boolean;
  /** Slack asks whether the address is ours. */
  challenge: string | undefined;
  teamId: string | undefined;
  enterpriseInstall: boolean;
  userId: string | undefined;
  userName: string | undefined;
}

/** @returns undefined when the body is not one that Slack sends */
export function readOrigin(body: string, contentType: string): Origin | undefined {
  const parsed = originSchema.safeParse(decode(body, contentType));
  if (!parsed.success) return undefined;
  const { data } = parsed;
  return {
    sslCheck: data.ssl_check !== undefined,
    challenge: data.type === 'url_verification' ? data.challenge : undefined,
    teamId: data.team?.id ?? data.team_id,
    enterpriseInstall:
      data.is_enterprise_install === true ||
      data.is_enterprise_install === 'true' ||
      data.authorizations?.some((each) => each.is_enterprise_install === true) === true,
    userId: data.user?.id ?? data.user_id ?? eventUser(data.event),
    userName: data.user?.name ?? data.user?.username ?? data.user_name,
  };
}

function eventUser(event: { user?: unknown } | undefined): string | undefined {
  return typeof event?.user === 'string' ? event.user : undefined;
}

function decode(body: string, contentType: string): unknown {
  if (contentType === 'application/json') return parseJson(body);
  if (contentType !== 'application/x-www-form-urlencoded') return undefined;
  const form = new URLSearchParams(body);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : parseJson(payload);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not JSON is one of the answers: the caller refuses the request.
  }
}
