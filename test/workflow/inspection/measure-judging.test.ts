import { describe, expect, it } from 'vitest';
import { readManagedPolicies } from '../../../infra/cli/managed-policies/read-managed-policies.ts';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { lists, measureJudging, measureWorst } from './measure-judging.ts';
import { worstDocuments } from './worst-documents.ts';

/** Half as much again as in `workflow/inspection/README.md`, and more: a test measures in bad company. */
const BROKEN = 15;

describe('judging', () => {
  it('takes a few times as long as JSON.parse of the same documents, however long the list', () => {
    const documents = readManagedPolicies().map(({ document }) => document);
    for (const { what, ratio } of measureJudging(documents, 100)) {
      expect([what, ratio < BROKEN]).toEqual([what, true]);
    }
  });

  it('never takes more than twice as long for a document of twice the length, whatever it is made of', () => {
    const [, recommended = []] = Object.values(lists());
    for (const [what, make] of Object.entries(worstDocuments)) {
      const { findings, unreadable } = inspectDocument(make(131_072), recommended);
      expect([what, findings.length <= 1_500, typeof unreadable]).toEqual([what, true, expect.any(String)]);
    }
    expect(measureWorst(1)).toHaveLength(Object.keys(worstDocuments).length);
  });
});

it('holds what asks for more comparing than any policy that IAM takes', () => {
  const actions = Array.from({ length: 12_000 }, (_, index) => `*:*${index.toString(36)}x*`);
  const text = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
  const [, recommended = []] = Object.values(lists());
  expect(inspectDocument(text, recommended)).toMatchObject({
    restricted: true,
    unreadable: 'Not a policy that can be read: it has more wildcards than any policy that IAM takes.',
  });
});
