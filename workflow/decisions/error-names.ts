/** Error names shared by whoever throws them and the Catch or Retry that names them. */
export const ERROR = {
  denied: 'PolicyGuard.Denied',
  alreadyDecided: 'PolicyGuard.AlreadyDecided',
  slackRateLimited: 'PolicyGuard.SlackRateLimited',
  /** Neither Slack nor e-mail took it, or the ledger was away: worth another try. */
  notDelivered: 'PolicyGuard.NotDelivered',
  /** The event does not tell what to quarantine: no try will. */
  unknownChange: 'PolicyGuard.UnknownChange',
  /** AWS owns what was changed, and changes it for nobody. */
  unmodifiable: 'PolicyGuard.Unmodifiable',
  /** A policy keeps the guard from it. */
  refused: 'PolicyGuard.Refused',
  failed: 'PolicyGuard.Failed',
} as const;
