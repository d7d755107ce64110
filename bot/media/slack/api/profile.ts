import * as z from '../../../../workflow/runtime/zod.ts';
import type { SlackProfile } from './slack-api.ts';

/** The part of `users.info` that decides whether somebody may decide. A field that is missing proves nothing. */
const userSchema = z.object({
  id: z.string(),
  team_id: z.optional(z.string()),
  name: z.optional(z.string()),
  real_name: z.optional(z.string()),
  deleted: z._default(z.boolean(), false),
  is_bot: z._default(z.boolean(), false),
  is_restricted: z._default(z.boolean(), false),
  is_ultra_restricted: z._default(z.boolean(), false),
  is_stranger: z._default(z.boolean(), false),
  is_email_confirmed: z.optional(z.boolean()),
  enterprise_user: z.optional(z.object({ teams: z._default(z.array(z.string()), []) })),
  profile: z._default(
    z.object({
      email: z.optional(z.string()),
      real_name: z.optional(z.string()),
      display_name: z.optional(z.string()),
    }),
    {},
  ),
});

/** @throws $ZodError when the answer is not a user as Slack documents it */
export function toProfile(user: unknown): SlackProfile {
  const parsed = userSchema.parse(user);
  return {
    id: parsed.id,
    teamId: parsed.team_id,
    teamIds: parsed.enterprise_user?.teams ?? [],
    name: parsed.name,
    realName: parsed.profile.real_name ?? parsed.real_name,
    displayName: parsed.profile.display_name,
    // An address that nobody has confirmed says nothing about who the person is.
    email: parsed.is_email_confirmed === false ? undefined : parsed.profile.email,
    deleted: parsed.deleted,
    bot: parsed.is_bot,
    guest: parsed.is_restricted || parsed.is_ultra_restricted,
    stranger: parsed.is_stranger,
  };
}
