import { DEFAULT_OPERATOR } from './operator-role.ts';

export const HELP = `Prints the service control policies that keep everybody's hands off the guard.

Usage: npm run -s guardrails -- [options]

Each policy is one line of JSON on standard output; what they are and what to do with them goes to standard error.

  --account ID          otherwise the one that cdk-outputs.json names, or CDK_DEFAULT_ACCOUNT
  --region REGION       otherwise the one that cdk-outputs.json names, or where IAM events arrive
  --partition NAME      aws, aws-us-gov or aws-cn; otherwise the region's
  --qualifier NAME      of the CDK bootstrap that deploys the guard; otherwise cdk.json's, or hnb659fds
  --toolkit-stack NAME  the stack that cdk bootstrap made; otherwise cdk.json's, or CDKToolkit
  --operator-role ROLE  name or ARN of the break-glass role; otherwise ${DEFAULT_OPERATOR}
  --api-id ID           of the guard's HTTP API; otherwise the one that cdk-outputs.json names
  --out FOLDER          writes policy-guard-1.json, … there instead
  --help                this text
`;
