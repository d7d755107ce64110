/**
 * What the bot may do in a workspace: post and update its own messages, answer its slash command, and look up who
 * clicked (profile, e-mail address, user groups). It can read no messages and no channel.
 */
export const SCOPES = [
  'chat:write',
  'commands',
  'users:read',
  'users:read.email',
  'usergroups:read',
] as const;
