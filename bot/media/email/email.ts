import { foreign } from './lines.ts';

/** One plain-text e-mail. SNS sends no other kind. */
export interface Email {
  /** As `subjectLine` makes it. */
  subject: string;
  text: string;
}

/** An e-mail that SNS has taken. */
export interface SentEmail {
  /** By which SNS knows it. */
  messageId: string;
  /** ADMIN_EMAIL, which the stack subscribes; where it is not set the topic, whose subscribers are its recipients. */
  to: string;
}

/** Where e-mails go: to everybody who is subscribed, with the same text for each. */
export interface EmailSender {
  /** @throws EmailNotSentError */
  send(email: Email): Promise<SentEmail>;
}

/** SNS did not take an e-mail. The message never holds its text, which may hold signed links. */
export class EmailNotSentError extends Error {
  override name = 'EmailNotSentError';

  constructor(topicArn: string, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`SNS did not take an e-mail for ${topicArn}; check the topic and its encryption key. ${reason}`, {
      cause,
    });
  }
}

/** SNS takes ASCII under 100 characters. Source: docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const LONGEST_SUBJECT = 99;

/** A subject that SNS takes: one line of printable ASCII without links; what is not ASCII becomes a question mark. */
export function subjectLine(text: string): string {
  const line = foreign(`Policy Guard: ${text}`).replace(/[^\x20-\x7e]/gu, '?');
  return line.length <= LONGEST_SUBJECT ? line : `${line.slice(0, LONGEST_SUBJECT - 3)}...`;
}
