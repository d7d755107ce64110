import { readFileSync } from 'node:fs';
import { CreatePolicyCommand, CreatePolicyVersionCommand, type IAMClient } from '@aws-sdk/client-iam';
import type { RequestState } from '../../../infra/sandbox/api/contract.ts';
import type { Stage } from './play.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../../fixtures/policies/${name}`, import.meta.url), 'utf8');

export const BAD = read('bad-policy.json');
export const HARMLESS = read('harmless-policy.json');
export const WORSE = read('hidden-in-not-action.json');

/** Somebody creates a policy. @returns its ARN */
export async function create(stage: Stage, name: string, { caller = 'dana', document = BAD } = {}) {
  const { Policy } = await stage
    .iamAs(caller)
    .send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: document }));
  return Policy?.Arn ?? '';
}

export function writeVersion(iam: IAMClient, arn: string, document: string) {
  return iam.send(
    new CreatePolicyVersionCommand({ PolicyArn: arn, PolicyDocument: document, SetAsDefault: true }),
  );
}

/** Somebody creates a restricted policy, and it is asked about in Slack. */
export async function asked(stage: Stage, name: string, caller = 'dana'): Promise<RequestState> {
  const arn = await create(stage, name, { caller });
  return stage.asked(({ policyArn }) => policyArn === arn);
}

/** Waits for the execution of a call that starts no request. */
export function allowed(stage: Stage, eventName: string, outcome = 'allowed') {
  return stage.until(`${eventName} is ${outcome}`, ({ executions }) =>
    executions.find((each) => each.eventName === eventName && each.outcome === outcome),
  );
}

/** Leafs through a modal by one of its buttons until it is not there any more. */
export async function leaf(stage: Stage, title: string, opened: ReturnType<Stage['click']>, user: string) {
  let { view } = await stage.reply(title, opened);
  for (let page = 2; JSON.stringify(view).includes('details_page_next'); page++) {
    const shown = JSON.stringify(view?.view);
    if (view === null) throw new Error('The modal is gone.');
    ({ view } = await stage.reply(`${title}, page ${page}`, stage.clickIn(view, 'details_page_next', user)));
    if (JSON.stringify(view?.view) === shown) return;
  }
}
