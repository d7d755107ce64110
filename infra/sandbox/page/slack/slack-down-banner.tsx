export function SlackDownBanner({ onShowEmails }: { onShowEmails(): void }) {
  return (
    <div className="banner" role="status">
      <p>
        <strong>Slack is down.</strong> Quarantine goes on without it; requests go out by e-mail instead.
      </p>
      <button type="button" className="quiet" onClick={onShowEmails}>
        Show the e-mails
      </button>
    </div>
  );
}
