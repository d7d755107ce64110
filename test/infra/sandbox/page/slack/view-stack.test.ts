import { expect, test } from 'vitest';
import { pushOrUpdate } from '../../../../../infra/sandbox/page/slack/view-stack.ts';

const modal = (id: string, page = 1) => ({ id, user: 'U0', view: { type: 'modal', page } });

test('a view with a new id lies on top', () => {
  expect(pushOrUpdate([modal('V1')], modal('V2'))).toEqual([modal('V1'), modal('V2')]);
});

test('a view with the id of an open one takes its place', () => {
  expect(pushOrUpdate([modal('V1'), modal('V2')], modal('V1', 2))).toEqual([modal('V1', 2), modal('V2')]);
});
