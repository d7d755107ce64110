import type { DescribedRequest } from '../../../../bot/media/wording/describe-request.ts';

/** Which restricted actions a document grants, and where. */
export function FindingList({ view }: { view: DescribedRequest }) {
  return (
    <ul className="findings" aria-label="What it grants">
      {view.unreadable && <li>Unreadable, which counts as restricted: {view.unreadable}</li>}
      {view.findings.map((finding) => (
        <li key={JSON.stringify(finding)}>
          <code>{finding.restricted}</code> by <code>{finding.grantedBy}</code> in {finding.statement} on{' '}
          <code>{finding.resources.join(', ')}</code>
          {finding.condition && (
            <>
              {' '}
              only if <code>{finding.condition}</code>
            </>
          )}
          {finding.why && <p className="hint">{finding.why}</p>}
        </li>
      ))}
      {view.moreFindings > 0 && <li>and {view.moreFindings} more</li>}
    </ul>
  );
}
