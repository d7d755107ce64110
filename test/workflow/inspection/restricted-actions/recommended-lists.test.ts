import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '../../../../workflow/inspection/finding.ts';
import { namedSets } from '../../../../workflow/inspection/restricted-actions/named-set.ts';
import recommended from '../../../../workflow/inspection/restricted-actions/recommended-lists.data.json' with {
  type: 'json',
};

const [unseen, broad] = recommended.lists;
const groups = recommended.lists.flatMap((list) => list.groups);

describe('the recommended lists', () => {
  it('come in two strengths', () => {
    expect(recommended.lists.map((list) => list.name)).toEqual(['unseen', 'broad']);
  });

  it('say of each group in one line why it matters, and how much', () => {
    for (const { why, severity } of groups) {
      expect(why).toMatch(/^[A-Z].{10,118}\.$/);
      expect(SEVERITIES).toContain(severity);
    }
  });

  it('name only sets that there are and actions that a set gives a reason for', () => {
    const explained = new Set(
      namedSets.flatMap((set) => [set.name, ...set.actions.map(({ pattern }) => pattern)]),
    );
    const entries = groups.flatMap((group) => group.entries);
    expect(entries.filter((entry) => !explained.has(entry))).toEqual(['sts:AssumeRole', 'sts:AssumeRole']);
  });

  it('name nothing twice within a strength', () => {
    for (const list of recommended.lists) {
      const entries = list.groups.flatMap((group) => group.entries);
      expect(entries).toEqual([...new Set(entries)]);
    }
  });

  it('never hold an everyday entry on named resources', () => {
    const entries = unseen?.groups.flatMap((group) => group.entries);
    expect(entries).not.toContain('iam:PassRole');
    expect(entries?.filter((entry) => entry.startsWith('@'))).toEqual([]);
    const assume = unseen?.groups.find((group) => group.entries.includes('sts:AssumeRole'));
    expect(assume?.resources).toContain('arn:*:iam::*:role/cdk-*');
    expect(assume?.resources?.every((pattern) => /role\/[A-Za-z]/.test(pattern))).toBe(true);
  });

  it('look at every set where it is broad', () => {
    const sets = broad?.groups.flatMap((group) => group.entries).filter((entry) => entry.startsWith('@'));
    expect(sets?.sort()).toEqual(namedSets.map((set) => set.name).sort());
    expect(broad?.groups.map((group) => group.resources)).toEqual(broad?.groups.map(() => ['broad']));
  });
});
