import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRICS_NAMESPACE } from '../../../workflow/steps/metrics.ts';
import { HTTP_ROUTES } from '../../functions/functions.ts';
import { acknowledge } from '../acknowledge.ts';
import { GuardLogGroup } from '../watch/guard-log-group.ts';

/**
 * A busy channel clicks a few times a second. The limit keeps a flood from taking the account's concurrent
 * executions, of which quarantine needs some.
 */
const THROTTLE = { rateLimit: 20, burstLimit: 40 };

/** API Gateway's answer to whatever is over the limit. Its own metrics count it among all answers 4xx. */
const THROTTLED = '429';

/** Never the query string: in it are signed links and Slack's one-time codes. */
const ACCESS_LOG_FORMAT = AccessLogFormat.custom(
  JSON.stringify({
    time: '$context.requestTime',
    requestId: '$context.requestId',
    ip: '$context.identity.sourceIp',
    userAgent: '$context.identity.userAgent',
    method: '$context.httpMethod',
    path: '$context.path',
    route: '$context.routeKey',
    status: '$context.status',
    responseLength: '$context.responseLength',
    integrationError: '$context.integrationErrorMessage',
  }),
);

type RouteTarget = 'slack' | 'email' | 'install';

/** API Gateway can check neither a signature of Slack nor one of ours: the functions do, before anything else. */
const WHO_MAY: Record<RouteTarget, string> = {
  slack: 'The function verifies the signature that Slack puts on every request, and refuses all others.',
  email: 'The function verifies the signature of the link, and refuses all others.',
  install:
    'A browser comes here without credentials. The function accepts only its own signed state, and only the configured workspace.',
};

/** What Slack and the links in e-mails reach. Made without its routes, so that functions can be told its address. */
export class PublicApi extends Construct {
  readonly api: HttpApi;
  readonly accessLog: LogGroup;
  /** Requests, clicks among them, that were over the limit. */
  readonly throttled: MetricFilter;
  /** `https://….execute-api.….amazonaws.com`, without a slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      description: 'Policy Guard: Slack and the links in e-mails',
      createDefaultStage: false,
    });
    this.url = this.api.apiEndpoint;
    this.accessLog = new GuardLogGroup(this, 'AccessLog', { name: 'access', vended: true });
    this.throttled = new MetricFilter(this, 'Throttled', {
      logGroup: this.accessLog,
      filterPattern: FilterPattern.stringValue('$.status', '=', THROTTLED),
      metricNamespace: METRICS_NAMESPACE,
      metricName: 'RequestsThrottled',
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: ACCESS_LOG_FORMAT,
      },
    });
  }

  route(functions: Record<RouteTarget, IFunction>): void {
    const integrations = Object.fromEntries(
      Object.entries(functions).map(([name, target]) => [name, new HttpLambdaIntegration(name, target)]),
    );
    for (const { path, methods, to } of HTTP_ROUTES) {
      const routes = this.api.addRoutes({
        path,
        methods: methods.map((method) => HttpMethod[method]),
        integration: integrations[to] as HttpLambdaIntegration,
      });
      for (const route of routes) acknowledge(route, 'APIG4', WHO_MAY[to as RouteTarget]);
    }
  }
}
