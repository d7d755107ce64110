import * as z from '../../../workflow/runtime/zod.ts';
import type { BotDeps } from '../deps.ts';
import { type GroupJob, openJob, type SealedJob, sealJob } from './job.ts';
import { decideGroup } from './run.ts';
import type { Self } from './self.ts';

/** What Lambda tells a function of where it runs. */
const contextSchema = z.object({
  invokedFunctionArn: z.string(),
  getRemainingTimeInMillis: z.custom<() => number>((value) => typeof value === 'function'),
});

interface BackgroundParts {
  deps: () => BotDeps;
  /** Slack's signing secret, with which a job is sealed: whoever may invoke the function cannot decide by that. */
  secret: { current(): Promise<string | undefined>; refreshed(): Promise<string | undefined> };
  self: Self;
}

/** The jobs that the function gives to itself. */
export function createBackground({ deps, secret, self }: BackgroundParts) {
  let arn: string | undefined;
  const start = async (job: GroupJob) => {
    const key = await secret.current();
    if (arn === undefined || key === undefined)
      throw new Error('There is no function or no secret to seal a job with.');
    await self.invoke(arn, sealJob(job, key));
  };
  return {
    start,
    /** Notes which function this is. @param context of the invocation */
    runsAs(context: unknown): void {
      arn = contextSchema.safeParse(context).data?.invokedFunctionArn ?? arn;
    },
    /** Does a job that the function has given to itself; any other is refused, and the log says so. */
    async run(sealed: SealedJob, context: unknown): Promise<void> {
      const { log, now } = deps();
      const job = await unseal(sealed, secret, now());
      if (job === undefined)
        return log.error('A job was refused that this function has not sealed just now', {});
      const { getRemainingTimeInMillis: remainingMs } = contextSchema.parse(context);
      await decideGroup(deps(), job, { remainingMs, goOn: () => start(job) });
    },
  };
}

/** With the secret as it was last read and, where that does not fit, as it is now. */
async function unseal(
  sealed: SealedJob,
  secret: BackgroundParts['secret'],
  now: Date,
): Promise<GroupJob | undefined> {
  const open = (key: string | undefined) => (key === undefined ? undefined : openJob(sealed, key, now));
  return open(await secret.current()) ?? open(await secret.refreshed());
}
