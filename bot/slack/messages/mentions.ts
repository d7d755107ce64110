/**
 * The approvers as mentions, which notify them: `<@U…>` for people, `<!subteam^S…>` for user groups. The ids come from
 * the settings, which take nothing else.
 */
export function mentions(approvers: readonly string[]): string {
  return approvers.map((id) => (id.startsWith('S') ? `<!subteam^${id}>` : `<@${id}>`)).join(' ');
}
