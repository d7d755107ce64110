import { describe, expect, it } from 'vitest';
import { restrictedActionsMessage } from '../../../../bot/app/commands/list.ts';
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
    const named = allText(blocks).match(/service\d+:/g)?.length ?? 0;
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
});
