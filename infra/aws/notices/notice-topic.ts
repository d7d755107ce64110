import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

interface NoticeTopicProps {
  /** Who gets the e-mails; without it the topic has no subscriber yet. */
  adminEmail?: string;
}

/** Where requests go when Slack is down, and where alarms go always: the admin's e-mail. */
export class NoticeTopic extends Construct {
  readonly topic: Topic;
  readonly key: Key;

  constructor(scope: Construct, id: string, { adminEmail }: NoticeTopicProps) {
    super(scope, id);
    // A key of our own: CloudWatch cannot publish to a topic that AWS's key for SNS encrypts.
    // Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
    this.key = new Key(this, 'Key', {
      description: 'Policy Guard: notices',
      enableKeyRotation: true,
      // It protects messages on their way only: without the topic there is nothing left to decrypt.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.topic = new Topic(this, 'Topic', {
      displayName: 'Policy Guard',
      masterKey: this.key,
      enforceSSL: true,
    });
    this.letAlarmsPublish();
    this.letNobodyElseSubscribe(adminEmail);
    if (adminEmail !== undefined) {
      const subscription = this.topic.addSubscription(new EmailSubscription(adminEmail));
      // Another address can be subscribed only once the policy names it.
      subscription.node.addDependency(this.topic.node.findChild('Policy'));
    }
  }

  /**
   * Every subscriber gets the links in e-mails. A request that names no endpoint is denied too.
   * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html#sns-policy-keys
   */
  private letNobodyElseSubscribe(adminEmail: string | undefined): void {
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NobodyButTheAdministrator',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['sns:Subscribe'],
        resources: [this.topic.topicArn],
        ...(adminEmail !== undefined && {
          conditions: { StringNotEqualsIgnoreCase: { 'sns:Endpoint': adminEmail } },
        }),
      }),
    );
  }

  private letAlarmsPublish(): void {
    const principals = [new ServicePrincipal('cloudwatch.amazonaws.com')];
    // No condition: CloudWatch calls KMS itself, and with which context is not documented. The topic has one.
    this.key.addToResourcePolicy(
      new PolicyStatement({ principals, actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'] }),
    );
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'OwnAlarms',
        principals,
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          // Anybody's alarm could write mails in the guard's name.
          ArnLike: {
            'aws:SourceArn': `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:${Aws.STACK_NAME}-*`,
          },
        },
      }),
    );
  }
}
