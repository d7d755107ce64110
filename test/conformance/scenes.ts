import type { Call, Scene, ServiceName } from './call.ts';
import { documentScenes } from './calls/documents.ts';
import { holderScenes } from './calls/holders.ts';
import { managedPolicyScenes } from './calls/managed-policies.ts';
import { otherScenes } from './calls/other-services.ts';
import { concerns, DIFFERENCES } from './differences.ts';

/** What is read when a scene is over. */
const AFTERWARDS: Readonly<Record<ServiceName, readonly string[]>> = {
  iam: ['GetAccountAuthorizationDetails'],
  sns: ['ListTopics', 'ListSubscriptions'],
  secretsmanager: ['ListSecrets'],
  states: [],
  events: ['ListRules'],
};

/**
 * All that is played, each scene with the state afterwards. What only one of the two refuses leaves them in different
 * states, so that it comes last.
 */
export const SCENES: readonly Scene[] = [
  ...documentScenes,
  ...managedPolicyScenes,
  ...holderScenes,
  ...otherScenes,
].map(({ calls, ...scene }) => ({
  ...scene,
  calls: [
    ...calls.filter((call) => !isJudgedOtherwise(call)),
    ...AFTERWARDS[scene.service].map((operation): Call => [operation, {}, 'the state afterwards']),
    ...calls.filter(isJudgedOtherwise),
  ],
}));

function isJudgedOtherwise([operation, , about]: Call): boolean {
  return DIFFERENCES.some(
    (difference) => difference.field === 'verdict' && concerns(difference, operation, about),
  );
}
