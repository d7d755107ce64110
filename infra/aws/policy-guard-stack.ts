import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FunctionName } from '../../workflow/runtime/settings/schema.ts';
import { ChangeRule } from './changes/change-rule.ts';
import { ChangeTrail } from './changes/change-trail.ts';
import { assertIamEventRegion } from './changes/iam-event-region.ts';
import { chosenValues, environmentOf, type SettingValues } from './compute/environments.ts';
import { GuardFunction } from './compute/guard-function.ts';
import { GuardRole } from './compute/guard-role.ts';
import type { DeploymentSettings } from './deployment-settings.ts';
import { NoticeTopic } from './notices/notice-topic.ts';
import { executionsOf, GuardStateMachine } from './orchestration/guard-state-machine.ts';
import { Reconciliation } from './orchestration/reconciliation.ts';
import { addOutputs } from './outputs.ts';
import { explainExecutions, explainReadingIam, explainWritingIam } from './permissions/explain-wildcards.ts';
import type { GuardedResources } from './permissions/statements.ts';
import { warnOfSettings } from './setting-warnings.ts';
import { GuardSecrets } from './storage/guard-secrets.ts';
import { LedgerTable } from './storage/ledger-table.ts';
import { DailySummary } from './summary/daily-summary.ts';
import { GuardAlarms } from './watch/guard-alarms.ts';
import { GuardDashboard } from './watch/guard-dashboard.ts';
import { SavedQueries } from './watch/saved-queries.ts';
import { PublicApi } from './web/public-api.ts';

interface PolicyGuardStackProps extends StackProps {
  settings: DeploymentSettings;
}

/** The whole guard, in one stack. Composes; every part knows its own job. */
export class PolicyGuardStack extends Stack {
  /** @throws WrongRegionError where IAM events do not arrive; SettingsError when a function's settings are too long */
  constructor(scope: Construct, id: string, { settings, ...props }: PolicyGuardStackProps) {
    super(scope, id, { description: 'Policy Guard: holds IAM policies until somebody approves', ...props });
    assertIamEventRegion(this.region);
    warnOfSettings(this, settings, new Date());

    const table = new LedgerTable(this, 'Ledger');
    const secrets = new GuardSecrets(this, 'Secrets');
    const notices = new NoticeTopic(this, 'Notices', { adminEmail: settings.ADMIN_EMAIL });
    const api = new PublicApi(this, 'Public');

    const resources = {
      table: table.tableArn,
      index: table.indexArn,
      slackSecret: secrets.slack.secretArn,
      linkSecret: secrets.link.secretArn,
      topic: notices.topic.topicArn,
      topicKey: notices.key.keyArn,
    };
    const values: SettingValues = {
      ...chosenValues(settings),
      TABLE_NAME: table.tableName,
      TOPIC_ARN: resources.topic,
      SLACK_SECRET_ARN: resources.slackSecret,
      LINK_SECRET_ARN: resources.linkSecret,
      PUBLIC_URL: api.url,
    };
    const make = (id: string, name: FunctionName, among: GuardedResources = resources) =>
      new GuardFunction(this, id, {
        name,
        resources: among,
        environment: environmentOf(name, values),
        lists: settings.lists,
        reserveConcurrency: settings.RESERVE_CONCURRENCY,
      });

    const contain = make('Contain', 'contain');
    values.CONTAIN_ROLE_ARN = contain.role.roleArn;
    contain.tell('CONTAIN_ROLE_ARN', contain.role.roleArn);
    const inspect = make('Inspect', 'inspect');
    explainReadingIam(contain.role);
    explainReadingIam(inspect.role);
    const notify = make('Notify', 'notify');
    const { stateMachine } = new GuardStateMachine(this, 'Way', {
      inspect: inspect.function,
      contain: contain.function,
      notify: notify.function,
    });

    const summary = new DailySummary(this, 'Summary', { notify: notify.function });

    if (settings.CREATE_TRAIL) new ChangeTrail(this, 'Trail');
    const changes = new ChangeRule(this, 'Changes', { stateMachine });
    values.EVENT_RULE_NAME = changes.rule.ruleName;

    // These may tell the state machine of a decision, so they come after it; its own tasks may not.
    values.STATE_MACHINE_ARN = stateMachine.stateMachineArn;
    const deciding = {
      ...resources,
      stateMachine: stateMachine.stateMachineArn,
      executions: executionsOf(stateMachine),
      rule: changes.rule.ruleArn,
      undelivered: changes.undelivered.queueArn,
    };
    const slack = make('Slack', 'slack', deciding);
    const email = make('Email', 'email', deciding);
    const install = make('Install', 'install');
    api.route({ slack: slack.function, email: email.function, install: install.function });
    const reconcile = make('Reconcile', 'reconcile', deciding);
    explainExecutions(reconcile.role, stateMachine);
    explainReadingIam(reconcile.role, 'cloudtrail:LookupEvents');
    new Reconciliation(this, 'Reconciliation', {
      reconcile: reconcile.function,
      undelivered: changes.undelivered,
    });
    const functions = { inspect, contain, notify, slack, email, install, reconcile };
    const ownRoles = GuardRole.arnsIn(this);
    for (const each of Object.values(functions)) {
      const late = each.grantLate(ownRoles);
      if (late !== undefined && each === contain) explainWritingIam(late);
    }

    const watched = { stateMachine, changes, summary, api, functions, notices };
    const { alarms } = new GuardAlarms(this, 'Alarms', watched);
    new GuardDashboard(this, 'Dashboard', { ...watched, alarms });
    new SavedQueries(this, 'Queries', { functions });
    addOutputs(this, { api, stateMachine, table, secrets, notices, rule: changes.rule });
  }
}
