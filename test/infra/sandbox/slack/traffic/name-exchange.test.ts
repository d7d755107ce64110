import { expect, it } from 'vitest';
import {
  errorOf,
  nameOfCall,
  nameOfDelivery,
} from '../../../../../infra/sandbox/slack/traffic/name-exchange.ts';

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const payload = (value: object) => form({ payload: JSON.stringify(value) });

it.each([
  [form({ command: '/policy-guard', text: 'list s3' }), '/policy-guard list s3'],
  [form({ command: '/policy-guard' }), '/policy-guard'],
  [payload({ type: 'block_actions', actions: [{ action_id: 'approve' }] }), 'block_actions approve'],
  [payload({ type: 'view_submission', view: { callback_id: 'deny' } }), 'view_submission deny'],
  [JSON.stringify({ type: 'event_callback', event: { type: 'app_home_opened' } }), 'app_home_opened'],
  [JSON.stringify({ type: 'url_verification' }), 'url_verification'],
  ['no JSON', 'request'],
  ['null', 'request'],
])('what Slack sends, %s, is called %s', (body, name) => {
  expect(nameOfDelivery(body)).toBe(name);
});

it.each([
  ['api/chat.postMessage', 'chat.postMessage'],
  ['response/***', 'response_url'],
])('what a function asks of %s is called %s', (path, name) => {
  expect(nameOfCall(path)).toBe(name);
});

it.each([
  ['{"ok":false,"error":"ratelimited"}', 'ratelimited'],
  ['{"ok":true,"error":"none"}', null],
  ['{"ok":false}', null],
  ['', null],
])('the error in %s is %s', (body, error) => {
  expect(errorOf(body)).toBe(error);
});
