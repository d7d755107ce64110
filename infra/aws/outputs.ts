import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { IRule } from 'aws-cdk-lib/aws-events';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { NoticeTopic } from './notices/notice-topic.ts';
import type { GuardSecrets } from './storage/guard-secrets.ts';
import type { LedgerTable } from './storage/ledger-table.ts';
import type { PublicApi } from './web/public-api.ts';

interface OutputSources {
  api: PublicApi;
  stateMachine: IStateMachine;
  table: LedgerTable;
  secrets: GuardSecrets;
  notices: NoticeTopic;
  rule: IRule;
}

/** What the scripts and the person who deploys need to know afterwards; `npm run deploy` keeps it in a file. */
export function addOutputs(
  stack: Stack,
  { api, stateMachine, table, secrets, notices, rule }: OutputSources,
) {
  const outputs = {
    PublicUrl: api.url,
    InstallUrl: `${api.url}/slack/install`,
    StateMachineArn: stateMachine.stateMachineArn,
    TableName: table.tableName,
    SlackSecretArn: secrets.slack.secretArn,
    LinkSecretArn: secrets.link.secretArn,
    TopicArn: notices.topic.topicArn,
    EventRuleName: rule.ruleName,
    Region: stack.region,
  };
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
}
