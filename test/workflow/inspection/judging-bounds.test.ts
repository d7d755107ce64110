import { expect, it } from 'vitest';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { lists } from '../../bench/lists.ts';
import { worstDocuments } from '../../bench/worst-documents.ts';

it.each(Object.entries(worstDocuments))(
  'has a bounded number of findings in a document of %s',
  (_what, make) => {
    const [, recommended = []] = Object.values(lists());
    expect(inspectDocument(make(131_072), recommended).findings.length).toBeLessThanOrEqual(
      1_000 + recommended.length,
    );
  },
);

it('holds what asks for more comparing than any policy that IAM takes', () => {
  const actions = Array.from({ length: 12_000 }, (_, index) => `*:*${index.toString(36)}x*`);
  const text = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
  const [, recommended = []] = Object.values(lists());
  expect(inspectDocument(text, recommended)).toMatchObject({
    restricted: true,
    unreadable: 'Not a policy that can be read: it has more wildcards than any policy that IAM takes.',
  });
});
