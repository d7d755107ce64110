import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../bot/media/slack/blocks/types.ts';
import { describeRequest } from '../../../../bot/media/wording/describe-request.ts';
import { requestMessage } from '../../../../bot/notices/request/message.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { allText } from '../../../support/block-kit.ts';
import { hostileRequest } from '../../../support/hostile.ts';
import { MESSAGE_OPTIONS } from '../../../support/message-options.ts';
import { WORST } from '../../../support/worst-requests.ts';

/** What a person reads before the buttons; of a link its label, of a date its text. */
function readBefore(request: ApprovalRequest): string {
  const { blocks } = requestMessage(describeRequest(request), MESSAGE_OPTIONS);
  const buttons = blocks.findIndex((block: Block) => block.type === 'actions');
  return allText(blocks.slice(0, buttons)).replace(/<[^|>]*\|([^>]*)>/g, '$1');
}

/** A screen of 390 × 844 px holds some 25 lines of some 40 characters; the buttons take three. */
const LINES = 10;
const CHARACTERS = 900;

describe('what stands before the buttons', () => {
  it.each(Object.entries(WORST))('is ten lines at most, and short: %s', (_, request) => {
    const text = readBefore(request);
    expect(text.split('\n').length).toBeLessThanOrEqual(LINES);
    expect(text.length).toBeLessThanOrEqual(CHARACTERS);
  });

  it('is so whatever a change says', () => {
    fc.assert(
      fc.property(hostileRequest, (request) => {
        const text = readBefore(request);
        expect(text.split('\n').length).toBeLessThanOrEqual(LINES);
        expect(text.replace(/&[a-z]+;/g, '.').length).toBeLessThanOrEqual(CHARACTERS);
      }),
      { numRuns: 100 },
    );
  });

  it('begins with the verdict, and says nothing twice', () => {
    const lines = readBefore(WORST['a full administrator'] as ApprovalRequest).split('\n');
    expect(lines[0]).toBe('🔒 CRITICAL · my-bad-policy would be full administrator');
    expect(lines).toContain('*Grants* `*` on `*` – all 774 restricted actions');
    expect(new Set(lines).size).toBe(lines.length);
  });
});
