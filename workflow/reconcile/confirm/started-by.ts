import { readField } from '../../events/read-field.ts';
import { describeRequester } from '../../events/requester.ts';
import type { ReconcileTools } from '../tools.ts';

/** CloudTrail tells whole seconds, and may take one more than Step Functions. Milliseconds. */
const TOLERANCE = 5_000;

/**
 * Who started an execution, as CloudTrail tells it.
 *
 * @returns `mallory (IAM user), from 203.0.113.7`; undefined where it does not tell
 * @throws CloudTrailUnavailableError
 */
export async function startedBy(
  { cloudTrail, executions }: Pick<ReconcileTools, 'cloudTrail' | 'executions'>,
  executionArn: string,
): Promise<string | undefined> {
  const startedAt = (await executions.describe(executionArn))?.startedAt;
  if (startedAt === undefined) return undefined;
  const at = startedAt.getTime();
  const around = { from: new Date(at - TOLERANCE), to: new Date(at + TOLERANCE) };
  for await (const record of cloudTrail.lookUp('EventName', 'StartExecution', around)) {
    if (readField(record, 'responseElements', 'executionArn') !== executionArn) continue;
    const { label, sourceIp } = describeRequester(record);
    return sourceIp === undefined ? label : `${label}, from ${sourceIp}`;
  }
  return undefined;
}
