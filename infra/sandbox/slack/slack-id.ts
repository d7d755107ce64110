import { randomBytes } from 'node:crypto';

/** An id as Slack makes them. @param prefix tells the kind: `V` for views, `D` for direct messages, … */
export function slackId(prefix: string): string {
  return `${prefix}0${randomBytes(5).toString('hex').toUpperCase()}`;
}
