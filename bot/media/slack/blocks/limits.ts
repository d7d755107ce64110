/**
 * What Slack takes, in characters of the escaped text unless said otherwise.
 * Source: docs.slack.dev, Block Kit reference and `views.open`.
 */
export const LIMIT = {
  sectionText: 3_000,
  fields: 10,
  fieldText: 2_000,
  headerText: 150,
  modalTitle: 24,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  /**
   * All text of one posted message together. Slack documents no such limit, but refuses what is over about 12,000
   * with `msg_blocks_too_long`; 9,597 was seen to pass (slackapi/bolt-js issues 2509 and 2867).
   */
  messageText: 9_000,
  /** The fallback `text`: Slack advises 4,000; a notification shows far less. */
  fallbackText: 1_000,
} as const;
