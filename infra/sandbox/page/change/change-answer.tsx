import { Badge } from '../parts/badge.tsx';
import type { AwsAnswer } from './make-change.ts';

/** What AWS said to the change, and what to look at next. */
export function ChangeAnswer({ answer, delayMs }: { answer: AwsAnswer | null; delayMs: number }) {
  return (
    <div role="status" className="change-answer">
      {answer && (answer.ok ? <Accepted answer={answer} delayMs={delayMs} /> : <Refused answer={answer} />)}
    </div>
  );
}

function Accepted({ answer, delayMs }: { answer: AwsAnswer & { ok: true }; delayMs: number }) {
  return (
    <>
      <p>
        <Badge tone="ok">AWS accepted</Badge> {answer.operation}. It is in force now; CloudTrail reports it{' '}
        {delayMs === 0 ? 'at once' : `in ${delayMs / 1000} s`}.
      </p>
      <details>
        <summary>The answer in full</summary>
        <pre>{JSON.stringify(answer.response, null, 2)}</pre>
      </details>
    </>
  );
}

function Refused({ answer }: { answer: AwsAnswer & { ok: false } }) {
  return (
    <p>
      <Badge tone="bad">AWS refused</Badge> <strong>{answer.code}</strong>: {answer.message}
    </p>
  );
}
