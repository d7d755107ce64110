import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** One statement that allows these actions on these resources; `sid` says in a word what for. */
export function allow(sid: string, actions: readonly string[], ...resources: string[]): PolicyStatement {
  return new PolicyStatement({ sid, actions: [...actions], resources });
}

/** One statement that denies these actions on these resources, whatever else allows them. */
export function deny(sid: string, actions: readonly string[], ...resources: string[]): PolicyStatement {
  return new PolicyStatement({ sid, effect: Effect.DENY, actions: [...actions], resources });
}

/** As `allow`, on a table, for items alone whose partition key looks like one of these. */
export function allowItems(
  sid: string,
  actions: readonly string[],
  table: string,
  ...partitionKeys: string[]
): PolicyStatement {
  const statement = allow(sid, actions, table);
  statement.addCondition('ForAllValues:StringLike', { 'dynamodb:LeadingKeys': partitionKeys });
  return statement;
}
