import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { HTTP_ROUTES } from '../../../infra/functions/functions.ts';
import { readable, stackOfThisFile } from '../../support/synthesise.ts';

const stack = stackOfThisFile();

/** `POST /path → Function` for every route there is. */
function routes(): string[] {
  return stack.all('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
    const integration = readable(Properties.Target).replace(/^integrations\/<|>$/g, '');
    const [, found] =
      stack.all('AWS::ApiGatewayV2::Integration').find(([id]) => id.startsWith(integration)) ?? [];
    return `${Properties.RouteKey} → ${readable(found?.Properties.IntegrationUri)}`;
  });
}

describe('the HTTP API', () => {
  it('routes Slack, the installation and the links in e-mails, and nothing else', () => {
    expect(routes().sort()).toEqual(
      [
        'POST /slack/events → <SlackFunction.Arn>',
        'GET /slack/install → <InstallFunction.Arn>',
        'GET /slack/oauth_redirect → <InstallFunction.Arn>',
        'GET /decide → <EmailFunction.Arn>',
        'POST /decide → <EmailFunction.Arn>',
      ].sort(),
    );
  });

  it('has the routes of the sandbox', () => {
    const wanted = HTTP_ROUTES.flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`));
    expect(
      routes()
        .map((route) => route.split(' → ')[0])
        .sort(),
    ).toEqual(wanted.sort());
  });

  it('calls the functions with payload format 2.0', () => {
    for (const [, { Properties }] of stack.all('AWS::ApiGatewayV2::Integration')) {
      expect(Properties).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
    }
  });

  it('is throttled', () => {
    stack.template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
    });
  });

  it('counts what it throttles, which its own metrics do not tell from other refusals', () => {
    stack.template.hasResourceProperties('AWS::Logs::MetricFilter', {
      LogGroupName: { Ref: Match.stringLikeRegexp('^PublicAccessLog') },
      FilterPattern: '{ $.status = "429" }',
      MetricTransformations: [Match.objectLike({ MetricName: 'RequestsThrottled' })],
    });
  });

  it('logs who asked for what, without the query string, in which signed links are', () => {
    stack.template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      AccessLogSettings: {
        DestinationArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^PublicAccessLog'), 'Arn'] },
        Format: Match.serializedJson(
          Match.objectLike({ path: '$context.path', ip: '$context.identity.sourceIp' }),
        ),
      },
    });
    const [, stage] = stack.all('AWS::ApiGatewayV2::Stage')[0] ?? [];
    expect(stage?.Properties.AccessLogSettings.Format).not.toMatch(
      /queryString|requestOverride|\$context\.request\b/i,
    );
  });

  it('lets nothing call a function behind it but the API itself', () => {
    const permissions = stack
      .all('AWS::Lambda::Permission')
      .map(([, { Properties }]) => Properties)
      .filter(({ FunctionName }) => !/^<(Notify|Reconcile)Function/.test(readable(FunctionName)));
    expect(permissions).toHaveLength(5);
    for (const { Principal, SourceArn } of permissions) {
      expect(Principal).toBe('apigateway.amazonaws.com');
      expect(readable(SourceArn)).toContain('<PublicApi>');
    }
  });
});
