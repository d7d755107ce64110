import type { EmailState } from '../../api/contract.ts';
import { ClockTime } from '../parts/clock-time.tsx';
import { Empty } from '../parts/empty.tsx';
import { LinkedText } from '../parts/linked-text.tsx';

/** What went to the admin's mailbox, newest first. */
export function Emails({ emails }: { emails: readonly EmailState[] }) {
  if (emails.length === 0) {
    return <Empty>No e-mails. Switch Slack off and make a change: the request then comes by e-mail.</Empty>;
  }
  return (
    <ul className="cards">
      {emails.toReversed().map((email, index) => (
        <li key={`${email.sentAt} ${email.subject}`} className="card">
          <details open={index === 0} className="email">
            <summary>
              <strong>{email.subject}</strong>
              <span className="muted">
                to {email.to}, <ClockTime at={new Date(email.sentAt)} />
              </span>
            </summary>
            <div className="email-text">
              <LinkedText text={email.text} />
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
