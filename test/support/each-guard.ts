import { beforeEach, expect } from 'vitest';
import { Guard } from './guard.ts';
import { ARN } from './ways-in.ts';

/** A new one for each test of the file that imports it. */
export let guard: Guard;
beforeEach(() => {
  guard = new Guard();
});

/** The versions that the policy of `ways-in.ts` has. */
export const versions = () => [...guard.iam.policy(ARN).versions.keys()];

/** Lets the guard hear of a change, which it asks about. @returns the request's id */
export async function waiting(event: unknown): Promise<string> {
  const { end, requestId } = await guard.handle(event);
  expect(end).toBe('waiting');
  return requestId;
}
