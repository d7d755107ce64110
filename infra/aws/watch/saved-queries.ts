import { Aws } from 'aws-cdk-lib';
import { QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName } from '../../functions/function-specs.ts';
import type { GuardFunction } from '../compute/guard-function.ts';

export interface SavedQueriesProps {
  functions: Record<FunctionName, GuardFunction>;
}

/** Questions that come up in an audit or an incident, ready in CloudWatch Logs Insights. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { functions }: SavedQueriesProps) {
    super(scope, id);
    const logGroups = Object.values(functions).map(({ logGroup }) => logGroup);
    for (const [name, query] of Object.entries({})) {
      new QueryDefinition(this, name, {
        queryDefinitionName: `${Aws.STACK_NAME}/${name}`,
        queryString: new QueryString(query as never),
        logGroups,
      });
    }
  }
}
