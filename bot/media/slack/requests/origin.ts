import * as z from '../../../../workflow/runtime/zod.ts';

/**
 * Slack sends commands as a form, clicks as JSON in the form's field `payload`, and events as JSON. Only what tells
 * where a payload comes from is read here; the listeners read the rest.
 */
const originSchema = z.object({
  ssl_check: z.optional(z.union([z.string(), z.number()])),
  type: z.optional(z.string()),
  /** With the type `url_verification`: what has to be answered when the address is configured. */
  challenge: z.optional(z.string()),
  /** Events. Whom one is about is not always said, and not always by an id alone. */
  event: z.optional(z.object({ user: z.optional(z.unknown()) })),
  authorizations: z.nullish(z.array(z.object({ is_enterprise_install: z.nullish(z.boolean()) }))),
  /** Commands; the team of events too. */
  team_id: z.optional(z.string()),
  user_id: z.optional(z.string()),
  user_name: z.optional(z.string()),
  /** Null for an installation to a whole Enterprise organisation. */
  team: z.nullish(z.object({ id: z.string() })),
  user: z.optional(
    z.object({ id: z.string(), name: z.optional(z.string()), username: z.optional(z.string()) }),
  ),
  is_enterprise_install: z.nullish(z.union([z.boolean(), z.string()])),
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
