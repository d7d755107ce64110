import type { RequestListener } from 'node:http';

const READS = /\.(GetItem|BatchGetItem|TransactGetItems|Query|Scan|Describe\w+|List\w+)$/;

/**
 * What is read of the tables is read again only once something may have been written to them: the state is asked for
 * many times a second by whoever waits for something.
 */
export function untilWritten<T>(read: () => Promise<T>) {
  let known: Promise<T> | undefined;
  let writing = 0;
  return {
    async read(): Promise<T> {
      if (writing > 0) return read();
      known ??= read();
      const reading = known;
      try {
        return await reading;
      } catch (error) {
        if (known === reading) known = undefined;
        throw error;
      }
    },
    /** Stands before the AWS endpoint and looks out for what writes. */
    watch:
      (listener: RequestListener): RequestListener =>
      (request, response) => {
        const target = String(request.headers['x-amz-target']);
        if (target.startsWith('DynamoDB') && !READS.test(target)) {
          known = undefined;
          writing += 1;
          response.once('close', () => (writing -= 1));
        }
        listener(request, response);
      },
  };
}
