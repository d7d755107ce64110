import { LedgerUnavailableError } from '../../../workflow/ledger/errors.ts';
import { createLedger, type Ledger } from '../../../workflow/ledger/ledger.ts';
import { runCommand, UsageError } from '../../command/run-command.ts';
import { stackOutput } from '../stack/stack-outputs.ts';
import { readStory, type Story, storiesSince } from './read-stories.ts';
import { renderJson, renderStory } from './render.ts';
import { readSince } from './since.ts';

const HELP = `Tells the whole story of requests, from the ledger: the change, what was found, quarantine, every message, every attempt and why it was refused, decision, delivery, result.

Usage: npm run -s audit -- --since TIME [--json]
       npm run -s audit -- --request ID [--json]

Reads with your AWS credentials (dynamodb:GetItem, dynamodb:Query), and with AWS_ENDPOINT_URL from a sandbox.

  --since TIME     each request that something has happened to since then: 24h, 7d, 90m, 2026-03-01, 2026-03-01T09:00:00Z
  --request ID     this one alone
  --json           one line of JSON for each request
  --table NAME     of the ledger; otherwise the one that cdk-outputs.json names
  --region REGION  where it is; otherwise the one that cdk-outputs.json names
  --help           this text

Whoever proved to be nobody (no valid signature, a forged link) is in the log alone: the saved query
"Audit trail, what was refused" of CloudWatch Logs Insights finds that.
`;

const OPTIONS = {
  since: { type: 'string' },
  request: { type: 'string' },
  json: { type: 'boolean', default: false },
  table: { type: 'string' },
  region: { type: 'string' },
} as const;

/** Nobody waits for a click here. */
const PATIENT = { callMs: 120_000, tryMs: 60_000 };

interface Values {
  since?: string | undefined;
  request?: string | undefined;
  json?: boolean | undefined;
  table?: string | undefined;
  region?: string | undefined;
}

/** `npm run -s audit`: the whole story of one request, or of all since a time. */
export async function main({ since, request, json, table, region }: Values): Promise<void> {
  if ((since === undefined) === (request === undefined)) {
    throw new UsageError(`Give either --since or --request.\n\n${HELP.trim()}`);
  }
  const from = since === undefined ? undefined : readSince(since, new Date());
  const tableName = table ?? stackOutput('TableName', '--table');
  const aws = { region: region ?? stackOutput('Region', '--region') };
  const ledger = createLedger({ tableName, aws, timeouts: PATIENT });
  const render = json ? renderJson : renderStory;
  const stories = from === undefined ? oneStory(ledger, request ?? '') : storiesSince(ledger, from);
  try {
    for await (const story of stories) process.stdout.write(render(story));
  } catch (cause) {
    if (!(cause instanceof LedgerUnavailableError)) throw cause;
    throw new UsageError(`${cause.message} Check --table, --region and the credentials.`, { cause });
  }
}

async function* oneStory(ledger: Ledger, id: string): AsyncGenerator<Story> {
  const story = await readStory(ledger, id);
  if (story === undefined)
    throw new UsageError(`There is no request ${JSON.stringify(id)}; --since 7d lists the ids.`);
  yield story;
}

// Whoever reads the output may have seen enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

if (import.meta.main) await runCommand({ help: HELP, options: OPTIONS }, main);
