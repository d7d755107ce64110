/** Nobody could do this in Slack: there is no such message, button, modal or person. */
export class InteractionError extends Error {
  override name = 'InteractionError';
}
