/** What is out of order at the moment, and what the guard does about it. */
export function FaultBanners({
  up,
  lookups,
  onShowEmails,
}: {
  up: boolean;
  lookups: boolean;
  onShowEmails(): void;
}) {
  return (
    <>
      {!up && (
        <div className="banner" role="status">
          <p>
            <strong>Slack is down.</strong> Quarantine goes on without it; requests go out by e-mail instead.
          </p>
          <button type="button" className="quiet" onClick={onShowEmails}>
            Show the e-mails
          </button>
        </div>
      )}
      {up && !lookups && (
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
