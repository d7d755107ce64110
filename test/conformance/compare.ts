import { isObject } from '../../workflow/runtime/is-object.ts';
import type { Answer } from './call.ts';
import { normalise } from './normalise.ts';

/** One place in which two answers differ; undefined where one of them has nothing. */
export interface Unlike {
  /** `Policies[].PolicyId`; `verdict` where only one of them refuses, `refusal` where they do so for different reasons. */
  field: string;
  sandbox: unknown;
  moto: unknown;
}

/** Every place in which two answers to one call differ. */
export function compareAnswers(sandbox: Answer, moto: Answer): Unlike[] {
  if ('result' in sandbox && 'result' in moto)
    return compare(normalise(sandbox.result), normalise(moto.result));
  if ('result' in sandbox || 'result' in moto) {
    return [{ field: 'verdict', sandbox: verdict(sandbox), moto: verdict(moto) }];
  }
  const unlike = compare(sandbox.error, moto.error, 'refusal');
  return unlike.length > 0 ? unlike : compare(sandbox.status, moto.status, 'status');
}

function verdict(answer: Answer): string {
  return 'error' in answer ? answer.error : 'accepted';
}

function compare(sandbox: unknown, moto: unknown, field = ''): Unlike[] {
  if (Array.isArray(sandbox) && Array.isArray(moto) && sandbox.length === moto.length) {
    return sandbox.flatMap((member, index) => compare(member, moto[index], `${field}[]`));
  }
  if (isObject(sandbox) && isObject(moto)) {
    const keys = new Set([...Object.keys(sandbox), ...Object.keys(moto)]);
    return [...keys].flatMap((key) =>
      compare(sandbox[key], moto[key], field === '' ? key : `${field}.${key}`),
    );
  }
  return JSON.stringify(sandbox) === JSON.stringify(moto) ? [] : [{ field, sandbox, moto }];
}
