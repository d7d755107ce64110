/** Error names shared by whoever throws them and the Catch or Retry that names them. */
export const ERROR = {
  denied: 'PolicyGuard.Denied',
  alreadyDecided: 'PolicyGuard.AlreadyDecided',
  /** Another execution works for the request by now, or it has ended. */
  overtaken: 'PolicyGuard.Overtaken',
  slackRateLimited: 'PolicyGuard.SlackRateLimited',
  /** Neither Slack nor e-mail took it, or the ledger was away: worth another try. */
  notDelivered: 'PolicyGuard.NotDelivered',
  /** The event does not tell what to quarantine: no try will. */
  unknownChange: 'PolicyGuard.UnknownChange',
  /** What an execution was started with is no event, and names nothing that the ledger holds. */
  noEvent: 'PolicyGuard.NoEvent',
  /** What was approved before came back into force after this quarantine: it has to be repeated. */
  putBackMeanwhile: 'PolicyGuard.PutBackMeanwhile',
  /** AWS owns what was changed, and changes it for nobody. */
  unmodifiable: 'PolicyGuard.Unmodifiable',
  /** A policy keeps the guard from it. */
  refused: 'PolicyGuard.Refused',
  /** It cannot go on as it is, and people were told; reconcile starts it again. */
  failed: 'PolicyGuard.Failed',
  /** It cannot go on, and nobody could be told; reconcile starts it again until somebody is. */
  untold: 'PolicyGuard.Untold',
  /** People were told, and no further try would help. */
  leftToPeople: 'PolicyGuard.LeftToPeople',
} as const;
