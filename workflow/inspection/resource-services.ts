import services from './resource-services.data.json' with { type: 'json' };
import type { Statement } from './statement.ts';

/**
 * For each service whose actions work on known kinds of resources: the services, other than itself, in whose ARNs
 * those resources are named. Services that name none, or resources of any vendor, are left out.
 * Kept equal to the service authorization reference by a test.
 */
const FOREIGN_RESOURCES = new Map<string, readonly string[]>(Object.entries(services));

/** Wildcards and policy variables could stand for any service, and a star could even reach across a colon. */
const SERVICE_OF_ARN = /^arn:[a-z0-9-]+:([a-z0-9-]+):/i;

/** The services that all resources of the statement belong to; undefined when that is not certain. */
export function resourceServices(statement: Statement): Set<string> | undefined {
  if (statement.notResources.length > 0 || statement.resources.length === 0) return undefined;
  const found = new Set<string>();
  for (const resource of statement.resources) {
    const service = SERVICE_OF_ARN.exec(resource)?.[1];
    if (!service) return undefined;
    found.add(service.toLowerCase());
  }
  return found;
}

/** Can no action of the service work on any of these resources? */
export function worksElsewhere(service: string | undefined, resources: Set<string> | undefined): boolean {
  const foreign = service === undefined ? undefined : FOREIGN_RESOURCES.get(service);
  if (!service || !foreign || !resources) return false;
  return !resources.has(service) && !foreign.some((other) => resources.has(other));
}
