import * as z from 'zod';
import type { SlackProfile } from './slack-api.ts';

/** The part of `users.info` that decides whether somebody may decide. A field that is missing proves nothing. */
const userSchema = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  deleted: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  is_restricted: z.boolean().default(false),
  is_ultra_restricted: z.boolean().default(false),
  is_stranger: z.boolean().default(false),
  is_email_confirmed: z.boolean().optional(),
  enterprise_user: z.object({ teams: z.array(z.string()).default([]) }).optional(),
  profile: z
    .object({
      email: z.string().optional(),
      real_name: z.string().optional(),
      display_name: z.string().optional(),
    })
    .default({}),
});

/** @throws ZodError when the answer is not a user as Slack documents it */
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
