import { startAwsMeter } from '../../infra/cli/costs/aws-meter.ts';

/**
 * Stands between a function and the AWS endpoint and notes each call, as an IAM action: `dynamodb:GetItem`.
 *
 * @param endpoint the real one
 */
export async function startWitness(endpoint: string) {
  const actions = new Set<string>();
  const meter = await startAwsMeter(
    () => endpoint,
    ({ service, operation }) => actions.add(`${service}:${operation}`),
  );
  return { ...meter, actions };
}
