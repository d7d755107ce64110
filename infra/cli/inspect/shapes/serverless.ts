import { JsonObject, type JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import { lettersOf } from '../../../../workflow/inspection/statement.ts';
import { branchesOf, functionIn, textIn } from './intrinsics.ts';
import type { Piece } from './piece.ts';
import { documentPart } from './prepare.ts';
import type { Part } from './reader.ts';
import policyTemplates from './serverless-policy-templates.json' with { type: 'json' };
import { field, objectOf } from './tree.ts';

/**
 * What each of SAM's policy templates allows, on resources that its parameters name.
 * Source: AWS SAM Developer Guide, "Policy template list".
 */
const POLICY_TEMPLATES: Readonly<Record<string, readonly string[]>> = policyTemplates;

/**
 * The policies of a resource of the Serverless Application Model: names of managed policies, documents, and SAM's own
 * templates, alone or in a list.
 *
 * @param name of the resource in the template
 */
export function* serverlessPolicies(
  properties: JsonTree,
  name: string,
  piece: Piece,
  resource: JsonTree,
): Generator<Part> {
  const policies = branchesOf(field(properties, 'Policies') ?? [])
    .flat()
    .flatMap(branchesOf);
  for (const policy of policies) {
    if (typeof policy === 'string' || functionIn(policy) !== undefined) {
      yield { type: 'left-out', as: 'in-iam', name: textIn(policy) };
    } else if (isDocument(policy)) {
      yield documentPart(policy, piece, { policy: name, owners: [name], within: resource });
    } else if (policy instanceof JsonObject) yield* fromTemplates(policy, name, piece);
  }
  if (field(properties, 'AssumeRolePolicyDocument') !== undefined) {
    yield { type: 'left-out', as: 'not-watched', name: 'trust policies' };
  }
  yield* connectors(resource, name, piece);
}

function isDocument(policy: JsonTree): boolean {
  return policy instanceof JsonObject && policy.entries.some(([key]) => lettersOf(key) === 'statement');
}

function* fromTemplates(policy: JsonObject, name: string, piece: Piece): Generator<Part> {
  for (const [template, parameters] of policy.entries) {
    const about = { policy: `${name} (${template})`, owners: [name], within: policy };
    const actions = POLICY_TEMPLATES[template];
    if (actions === undefined) {
      const reason = `What SAM's policy template ${template} allows is not known here; inspect the deployed template.`;
      yield { type: 'unjudged', at: piece.at(policy), policy: about.policy, reason };
    } else yield documentPart(allowing(actions, parameters), piece, about);
  }
}

/** The resources are made of the parameters when SAM transforms the template. */
function allowing(actions: readonly string[], parameters: JsonTree): JsonTree {
  const names = parameters instanceof JsonObject ? parameters.entries.map(([, value]) => textIn(value)) : [];
  const resource = names.length > 0 ? names.map((each) => `\${${each.replace(/^\$\{|\}$/g, '')}}`) : '*';
  return objectOf({ Statement: [objectOf({ Effect: 'Allow', Action: [...actions], Resource: resource })] });
}

/** SAM writes the policies of connectors itself. */
function* connectors(resource: JsonTree, name: string, piece: Piece): Generator<Part> {
  const embedded = field(resource, 'Connectors');
  const isConnector = field(resource, 'Type') === 'AWS::Serverless::Connector';
  if (embedded === undefined && !isConnector) return;
  yield {
    type: 'unjudged',
    at: piece.at(resource),
    policy: name,
    reason:
      'What a connector of SAM allows is known only when it is deployed; inspect the transformed template.',
  };
}
