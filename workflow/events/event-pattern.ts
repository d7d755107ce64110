import { IAM_EVENT_SOURCE } from './parse-change.ts';
import { endingEventNames, renamingEventNames, watchedEventNames } from './watched-calls.ts';

/**
 * The EventBridge pattern that gets deployed, and that the sandbox matches with. It only keeps noise away: what it
 * lets through is checked again by code, where every rule has its tests.
 */
export function eventPattern() {
  return {
    source: ['aws.iam'],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: [IAM_EVENT_SOURCE],
      eventName: [...watchedEventNames, ...endingEventNames, ...renamingEventNames],
      errorCode: [{ exists: false }],
    },
  };
}
