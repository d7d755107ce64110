import { createEventHistory } from '../../infra/sandbox/aws/cloudtrail/lookup-events.ts';
import { createEventsService } from '../../infra/sandbox/aws/events/events-service.ts';
import { hostedServices } from '../../infra/sandbox/aws/hosted-services.ts';
import { createIamBackend } from '../../infra/sandbox/aws/iam/iam-backend.ts';
import { createSecretsBackend } from '../../infra/sandbox/aws/secretsmanager/secrets-backend.ts';
import { createSnsBackend } from '../../infra/sandbox/aws/sns/sns-backend.ts';
import { createStepFunctionsService } from '../../infra/sandbox/aws/states/service.ts';
import { PLACE } from '../../infra/sandbox/place.ts';

/** What the sandbox serves and moto is not asked, and why. */
export const NOT_COMPARED: Readonly<Record<string, string>> = {
  'cloudtrail LookupEvents': 'moto has no event history',
  'states RedriveExecution': 'moto has no such call',
  'sts GetCallerIdentity':
    'the SDK’s client for it is not installed; the AWS CLI’s test asks for each caller',
};

/** Every operation that the sandbox's AWS answers, with its service's signing name: `iam CreatePolicy`. */
export function servedOperations(): string[] {
  const options = { ...PLACE, now: () => new Date(), endpointUrl: () => '' };
  const services = hostedServices({
    iam: createIamBackend(options),
    sns: createSnsBackend(options),
    secrets: createSecretsBackend(options),
    // Which operations there are depends on no engine.
    stepFunctions: createStepFunctionsService({} as never),
    cloudTrail: createEventHistory({ now: options.now, delayMs: 0 }).service,
    events: createEventsService({ ...PLACE, name: 'rule', pattern: {} }),
  });
  return Object.entries(services).flatMap(([name, { service }]) =>
    Object.keys(service).map((operation) => `${name} ${operation}`),
  );
}
