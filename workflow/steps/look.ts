import { orMissing } from '../containment/or-missing.ts';
import { planChange } from '../containment/plan.ts';
import { readPrincipal } from '../containment/principal.ts';
import { pack } from '../inspection/packed-document.ts';
import { fitIntoState } from './fit-into-state.ts';
import type { InspectRules, InspectTools } from './inspect.ts';
import type { FailedInspection } from './payloads.ts';
import { readDocument } from './read-document.ts';
import { readPaddedEvent } from './read-padded-event.ts';

/**
 * The Look step, where Inspect has failed: reads what is about to be taken out of force and whom it serves, so that
 * both are kept before anything is written. Judges nothing, and needs no ledger; Quarantine can do without it.
 *
 * @throws what IAM throws
 */
export async function look(
  failed: FailedInspection,
  rules: InspectRules,
  tools: InspectTools,
): Promise<FailedInspection> {
  const reading = await readPaddedEvent(failed.event, rules, tools);
  if (reading.type !== 'change') return failed;
  const { parsed, others } = reading;
  const [document, principal] = await Promise.all([
    readDocument(parsed, rules, tools),
    orMissing(readPrincipal(parsed.change, tools.iam)),
  ]);
  const plan =
    document === undefined ? undefined : await orMissing(planChange(parsed.change, document, tools));
  const seen: FailedInspection = {
    ...failed,
    ...(document !== undefined && { document: pack(document) }),
    ...(principal && { principal }),
    ...(plan && { plan }),
    ...(others && { others }),
  };
  return fitIntoState(seen, ['plan.before'], tools.log);
}
