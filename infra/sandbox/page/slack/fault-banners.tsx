import type { FaultValues } from '../../faults/table.ts';

/** What is out of order at the moment, and what the guard does about it. */
export function FaultBanners({ faults, onShowEmails }: { faults: FaultValues; onShowEmails(): void }) {
  const isUp = faults.slack === 'up';
  return (
    <>
      {!isUp && (
        <div className="banner" role="status">
          <p>
            <strong>Slack is down.</strong> Quarantine goes on without it; requests go out by e-mail instead.
          </p>
          <button type="button" className="quiet" onClick={onShowEmails}>
            Show the e-mails
          </button>
        </div>
      )}
      {isUp && faults.slackLookups === 'down' && (
        <div className="banner" role="status">
          <p>
            <strong>Lookups are down.</strong> Nobody can ask who people are or who is in a group; a lookup
            that fails means no.
          </p>
        </div>
      )}
    </>
  );
}
