import { Aws } from 'aws-cdk-lib';
import { QueryDefinition, QueryString, type QueryStringProps } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName } from '../../../workflow/runtime/settings/schema.ts';
import type { GuardFunction } from '../compute/guard-function.ts';

interface SavedQueriesProps {
  functions: Record<FunctionName, GuardFunction>;
}

const AUDIT_FIELDS = [
  'audit.at',
  'audit.event',
  'audit.requestId',
  'audit.slackUserName',
  'audit.slackUserId',
  'audit.detail',
  'audit.eventId',
  'audit.executionArn',
];

/** Put the id of a request here, as messages and the ledger show it. */
const ONE_REQUEST = 'REQUEST_ID';

const NEWEST_FIRST = { sort: '@timestamp desc', limit: 1000 };

/** Questions of an audit or an incident. The fields are those that the functions log. */
const QUERIES: Readonly<Record<string, QueryStringProps>> = {
  'Audit trail': { fields: AUDIT_FIELDS, filterStatements: ['ispresent(audit.event)'], ...NEWEST_FIRST },
  'Audit trail, decisions': {
    fields: AUDIT_FIELDS,
    filterStatements: ['audit.event like /^decision\\./'],
    ...NEWEST_FIRST,
  },
  'Audit trail, what was refused': {
    fields: AUDIT_FIELDS,
    filterStatements: ['audit.event like /\\.refused$/'],
    ...NEWEST_FIRST,
  },
  'Everything about one request': {
    fields: ['@timestamp', 'service', 'level', 'message', 'audit.detail', 'outcome', 'executionArn'],
    filterStatements: [`requestId = "${ONE_REQUEST}" or audit.requestId = "${ONE_REQUEST}"`],
    sort: '@timestamp asc',
  },
  'What was judged, and why': {
    fields: ['@timestamp', 'eventName', 'message', 'reason', 'requestId', 'eventId'],
    filterStatements: ['service = "inspect" and message like /^Judged/'],
    ...NEWEST_FIRST,
  },
  'What failed': {
    fields: ['@timestamp', 'service', 'message', 'error.message', 'requestId', 'executionArn'],
    filterStatements: ['level = "ERROR"'],
    ...NEWEST_FIRST,
  },
};

/** The queries, ready in CloudWatch Logs Insights over the logs of all functions. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { functions }: SavedQueriesProps) {
    super(scope, id);
    const logGroups = Object.values(functions).map(({ logGroup }) => logGroup);
    for (const [name, query] of Object.entries(QUERIES)) {
      new QueryDefinition(this, name, {
        queryDefinitionName: `${Aws.STACK_NAME}/${name}`,
        queryString: new QueryString(query),
        logGroups,
      });
    }
  }
}
