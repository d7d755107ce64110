/** The table could not be read or written, in the time and tries that were given. */
export class LedgerUnavailableError extends Error {
  override name = 'LedgerUnavailableError';

  constructor(tableName: string, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`The ledger (DynamoDB table ${tableName}) did not answer; try again. ${reason}`, { cause });
  }
}

/** What is stored is not what this code writes; nothing is concluded from it. */
export class CorruptLedgerItemError extends Error {
  override name = 'CorruptLedgerItemError';

  constructor(pk: string, sk: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The ledger item ${pk} / ${sk} is not readable; compare it with the table's backups. ${reason}`, {
      cause,
    });
  }
}

/** A step speaks of a request that was never recorded. */
export class UnknownRequestError extends Error {
  override name = 'UnknownRequestError';

  constructor(requestId: string) {
    super(`The ledger has no request ${requestId}; look into the execution that should have recorded it.`);
  }
}

/** Others kept writing the same at once; the next try finds it settled. */
export class LedgerContentionError extends Error {
  override name = 'LedgerContentionError';

  constructor(requestId: string) {
    super(`Request ${requestId} could not be written: others write the same right now; try again.`);
  }
}

/** Events name more makers than are kept: whoever approves may be the one who made the change. */
export class TooManyMakersError extends Error {
  override name = 'TooManyMakersError';

  constructor(requestId: string) {
    super(`Events name more makers of request ${requestId} than are kept: no approval of it counts.`);
  }
}

/** A requester approves their own change, who was not known yet when the approval was checked. */
export class OwnRequestError extends Error {
  override name = 'OwnRequestError';

  constructor(requestId: string) {
    super(`Request ${requestId} was made by the one who approves it; another approver has to.`);
  }
}
