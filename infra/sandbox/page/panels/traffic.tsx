import { useState } from 'react';
import type { ExchangeState, ExchangeSummary } from '../../api/contract.ts';
import { Badge } from '../parts/badge.tsx';
import { ClockTime } from '../parts/clock-time.tsx';
import { DocumentText, layOutDocument } from '../parts/document-text.tsx';
import { Empty } from '../parts/empty.tsx';
import { useRead } from '../state/use-read.ts';

/** What Slack and the functions said to each other, newest first; one opens to what was sent, raw. */
export function Traffic({ exchanges }: { exchanges: readonly ExchangeSummary[] }) {
  if (exchanges.length === 0) return <Empty>Slack and the functions have not spoken yet.</Empty>;
  return (
    <>
      <p className="hint">
        The last of it, newest first. Secrets, signatures and response_urls are masked: ***.
      </p>
      <ol className="exchanges">
        {exchanges.map((exchange) => (
          <li key={exchange.id}>
            <Exchange exchange={exchange} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Exchange({ exchange }: { exchange: ExchangeSummary }) {
  const [open, setOpen] = useState(false);
  const { id, at, from, what, status, error, tookMs } = exchange;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="muted">{from === 'slack' ? 'Slack → guard' : 'guard → Slack'}</span>
        <strong>{what}</strong>
        <span className="muted">
          <ClockTime at={new Date(at)} />
          {tookMs !== null && `, ${tookMs} ms`}
        </span>
        <Badge tone={toneOf(status, error)}>{error ?? status ?? 'not answered yet'}</Badge>
      </summary>
      {open && <Raw id={id} version={status ?? 0} />}
    </details>
  );
}

function toneOf(status: number | null, error: string | null) {
  if (status === null) return 'wait';
  return status < 400 && error === null ? 'ok' : 'bad';
}

function Raw({ id, version }: { id: number; version: number }) {
  const exchange = useRead<ExchangeState>(`/api/exchanges/${id}`, version);
  if (!exchange) return <p className="hint">{exchange === null ? 'It is kept no longer.' : 'Reading…'}</p>;
  const { method, path, headers, body, status, answer } = exchange;
  return (
    <div className="exchange">
      <Message title={`${method} ${path}`} of={`request ${id}`} headers={headers} body={body} />
      {answer && (
        <Message title={`HTTP ${status}`} of={`answer ${id}`} headers={answer.headers} body={answer.body} />
      )}
    </div>
  );
}

interface MessageProps {
  title: string;
  /** Tells it apart for those who cannot see where it stands. */
  of: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

function Message({ title, of, headers, body }: MessageProps) {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return (
    <section aria-label={of}>
      <h3>{title}</h3>
      <pre className="headers">
        {Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join('\n')}
      </pre>
      {body !== '' && (
        <DocumentText text={body} label={`Body of ${of}`} layOut={isForm ? layOutForm : layOutDocument} />
      )}
    </section>
  );
}

/** Each field of a form under its name, decoded. */
function layOutForm(form: string): string {
  return [...new URLSearchParams(form)]
    .map(([name, value]) => `${name} = ${layOutDocument(value)}`)
    .join('\n');
}
