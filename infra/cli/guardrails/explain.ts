import { type GuardrailPlace, isShared } from '../../aws/guardrails/place.ts';

/** Not in the way of git: the CDK writes there too. */
const OUT = 'cdk.out/guardrails';

/**
 * What whoever attaches the policies has to know.
 *
 * @param count how many policies there are
 */
export function explain(place: GuardrailPlace, count: number): string {
  const parts = [attach(place, count), operator(place), bootstrap(place), api(place)];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function attach({ account, region }: GuardrailPlace, count: number): string {
  return `${count} service control policies for the account ${account}, ${region}.
Add --out ${OUT} to have them in files, and then with credentials of the management account:
  for n in ${Array.from({ length: count }, (_, index) => index + 1).join(' ')}; do
    aws organizations create-policy --type SERVICE_CONTROL_POLICY --name policy-guard-$n --description 'Policy Guard' \\
      --content file://${OUT}/policy-guard-$n.json --query Policy.PolicySummary.Id --output text |
      xargs -I ID aws organizations attach-policy --policy-id ID --target-id ${account}
  done
Later ones replace them: aws organizations update-policy --policy-id p-… --content file://${OUT}/policy-guard-1.json
They stand beside FullAWSAccess and only deny. They do not bind the management account: deploy the guard elsewhere.`;
}

function operator(place: GuardrailPlace): string {
  const deploys = isShared(place) ? '' : 'deploy the guard, ';
  return `The operator's break-glass role is ${place.operator}
  It alone may do by hand what nobody else can any more: ${deploys}store Slack's credentials, rotate the link key,
  stop or redrive an execution, empty a queue, mute an alarm, bootstrap anew, change a trail.
  - Make it before you attach the policies. Afterwards only the role itself can make or change it.
  - Let it be assumed through IAM Identity Center or from an account of the security team, with MFA, for an hour at
    most, and by nobody of this account: whoever administers the account can become any role or user in it.
  - Nobody has it in daily life, two people can get it, and an alarm tells when somebody does.`;
}

function bootstrap(place: GuardrailPlace): string {
  if (!isShared(place)) return '';
  return `What remains open: the bootstrap ${place.qualifier} is shared by every CDK app of the account, so whoever deploys any of them can
change the guard through CloudFormation's role. Give the guard a bootstrap of its own, which only the operator can use:
  cdk.json: "toolkitStackName": "CDKToolkit-PolicyGuard", and in "context": "@aws-cdk/core:bootstrapQualifier": "pguard"
  npx cdk bootstrap && npm run deploy, and print the policies again.`;
}

function api({ apiId }: GuardrailPlace): string {
  if (apiId !== undefined) return '';
  return `What remains open: the routes of the guard's API are known by its id alone, and the guard was not deployed from here.
After npm run deploy print the policies again, or give --api-id.`;
}
