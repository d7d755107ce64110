import { describe, expect, it } from 'vitest';
import { restrictedActionsMessage } from '../../../../bot/app/commands/list.ts';
import type { Severity } from '../../../../workflow/inspection/finding.ts';
import { allText, blockKitProblems } from '../../../support/block-kit.ts';

const shown = (...args: Parameters<typeof restrictedActionsMessage>) =>
  allText(restrictedActionsMessage(...args).blocks);

describe('the list of restricted actions', () => {
  it('names each entry', () => {
    const text = shown([{ pattern: 's3:DeleteBucket' }, { pattern: 's3:DeleteObject' }]);
    expect(text).toContain('2 restricted actions');
    expect(text).toContain('`s3:DeleteBucket`');
    expect(text).toContain('`s3:DeleteObject`');
  });

  it('groups by named set, after the entries of one’s own, and says why each is dangerous', () => {
    const text = shown([
      { pattern: 'kms:ScheduleKeyDeletion', set: '@data-destruction', why: 'Loses what the key encrypts.' },
      { pattern: 's3:DeleteBucket' },
    ]);
    expect(text).toMatch(
      /`s3:DeleteBucket`[\s\S]*\*@data-destruction\*[\s\S]*`kms:ScheduleKeyDeletion` – Loses what/,
    );
  });

  it('of 1,000 entries is one message that Slack takes, and counts what it cannot show', () => {
    const entries = Array.from({ length: 1_000 }, (_, index) => ({
      pattern: `service${index}:DeleteEverything`,
    }));
    const { blocks } = restrictedActionsMessage(entries);
    expect(blockKitProblems(blocks, 'message')).toEqual([]);
    const named = allText(blocks).match(/`service\d+:/g)?.length ?? 0;
    expect(named).toBeGreaterThan(200);
    expect(allText(blocks)).toContain(`… and ${1_000 - named} more.`);
  });

  it('tells severity and mode where the list gives them', () => {
    const text = shown([
      { pattern: 's3:DeleteBucket', severity: 'critical', mode: 'observe', why: 'It is gone.' },
      { pattern: 'kms:*', mode: 'enforce' },
      { pattern: 'ec2:*' },
    ]);
    expect(text).toContain('`s3:DeleteBucket` (severity critical, observed only) – It is gone.');
    expect(text).toContain('`kms:*` (enforced)');
    expect(text).toMatch(/`ec2:\*`$/m);
  });

  it('warns of entries that protect nothing, whatever was asked for', () => {
    const entries = [{ pattern: 's3:DeleteBuckets' }, { pattern: 'kms:*' }];
    for (const filter of ['', 'kms']) {
      expect(shown(entries, filter)).toMatch(
        /s3:DeleteBuckets names no action .* did you mean s3:DeleteBucket\?/,
      );
    }
    expect(shown([{ pattern: 'kms:*' }])).not.toContain('names no action');
  });

  it('shows only what was asked for, in any case', () => {
    const entries = [{ pattern: 's3:DeleteBucket' }, { pattern: 'kms:*', set: '@data-destruction' }];
    expect(shown(entries, 'S3:')).not.toContain('kms:*');
    expect(shown(entries, 'Destruction')).toContain('`kms:*`');
    expect(shown(entries, 'ec2')).toContain('0 of 2 restricted actions contain “ec2”');
  });

  it('leads on, instead of telling what follows from nothing, where nothing contains the text', () => {
    const text = shown([{ pattern: 's3:DeleteBucket' }], 'zzz');
    expect(text).not.toContain('one of these');
    expect(text).toContain('`/policy-guard list` shows all');
    expect(shown([{ pattern: 's3:DeleteBucket' }], 's3')).toContain('one of these');
  });

  it('is one line a set where one message cannot hold them, the worst first, and names what is critical', () => {
    const many = (set: string, count: number, severity?: Severity) =>
      Array.from({ length: count }, (_, index) => ({
        ...{ pattern: `${set.slice(1)}:Action${index}`, set, why: 'It is dangerous. '.repeat(5) },
        ...(severity && { severity }),
      }));
    const entries = [
      ...many('@data-destruction', 166, 'high'),
      ...many('@privilege-escalation', 200, 'critical'),
      ...many('@privilege-escalation', 1, 'low'),
      { pattern: 's3:DeleteBucket' },
    ];
    expect(shown(entries)).toMatch(
      /\*@privilege-escalation\* – 201 entries: 200 critical, 1 low\n• \*@data-destruction\* – 166 entries: 166 high\n• Named one by one – 1 entry$/m,
    );
    // By its set, and where the line below the sets leads on to all: none is skipped.
    for (const filter of ['@privilege-escalation', '']) {
      const seen = new Set<string>();
      for (let page = 1; page <= 10; page++) {
        const { blocks } = restrictedActionsMessage(entries, filter, page);
        expect(blockKitProblems(blocks, 'message')).toEqual([]);
        for (const [name] of allText(blocks).matchAll(/`privilege-escalation:\w+`/g)) seen.add(name);
      }
      expect(seen.size).toBe(200);
    }
  });

  it('goes on where a page ends, and stays on the last one', () => {
    const entries = Array.from({ length: 500 }, (_, index) => ({ pattern: `s3:Action${index}x` }));
    expect(shown(entries, 's3', 1)).toMatch(/page 1 of 2\..*`\/policy-guard list s3 page 2` goes on/);
    expect(shown(entries, 's3', 9)).toContain('page 2 of 2.');
    expect(shown(entries, 's3', 9)).toContain('`s3:Action499x`');
  });
});
