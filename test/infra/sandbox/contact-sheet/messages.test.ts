import { describe, expect, it } from 'vitest';
import { MESSAGES } from '../../../../infra/sandbox/contact-sheet/messages.ts';
import * as requests from '../../../../infra/sandbox/contact-sheet/requests.ts';
import { requestSchema } from '../../../../workflow/ledger/request.ts';
import { blockKitProblems } from '../../../support/block-kit.ts';

describe('the contact sheet', () => {
  it.each(Object.entries(MESSAGES))('shows what Slack takes: %s', (_, { text, blocks }) => {
    expect(text).not.toBe('');
    expect(blockKitProblems(blocks, 'message')).toEqual([]);
  });

  it('is made of requests that the ledger could hold', () => {
    for (const request of Object.values(requests).flat()) {
      expect(requestSchema.parse(request)).toEqual(request);
      expect(request.inspection.total).toBeGreaterThan(0);
    }
  });
});
