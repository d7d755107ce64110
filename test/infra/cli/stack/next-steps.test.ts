import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nextSteps } from '../../../../infra/cli/stack/next-steps.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:PolicyGuard-NoticesTopic';
const text = nextSteps('https://abc.execute-api.us-east-1.amazonaws.com/slack/install', TOPIC);

it('leads from the deployment to a bot in the channel', () => {
  expect(text).toContain('https://abc.execute-api.us-east-1.amazonaws.com/slack/install');
  expect(text.trimEnd().split('\n').at(-1)).toContain('/policy-guard doctor');
});

it('has the address for events verified once the signing secret is known', () => {
  expect(text.indexOf('Event Subscriptions')).toBeGreaterThan(text.indexOf('slack:credentials'));
});

it('names only commands that there are', () => {
  const named = [...text.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, script]) => script);
  expect(named).toEqual(['slack:manifest', 'slack:credentials']);
  for (const script of named) expect(scripts).toHaveProperty([String(script)]);
});

it('has the subscription confirmed so that only somebody with credentials can end it', () => {
  expect(text).toContain(`--authenticate-on-unsubscribe true --topic-arn ${TOPIC} --token TOKEN`);
});
