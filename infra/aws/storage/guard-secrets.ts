import { SecretValue } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** HMAC-SHA-256 gains nothing from more; 64 characters of 62 kinds are over 380 bits. */
const LINK_KEY_LENGTH = 64;

/** The two secrets: Slack's, filled in after the deployment, and the key that signs links, made by AWS. */
export class GuardSecrets extends Construct {
  readonly slack: Secret;
  readonly link: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const empty = SecretValue.unsafePlainText('');
    this.slack = new Secret(this, 'Slack', {
      description: 'Policy Guard: credentials of the Slack app (npm run slack:credentials)',
      // CloudFormation writes this once. It never changes, so that no later deployment overwrites what was put in.
      secretObjectValue: { signingSecret: empty, clientId: empty, clientSecret: empty, botToken: empty },
    });
    acknowledge(
      this.slack,
      'SMG4',
      'Slack has no API to rotate these; it is done by hand in the settings of the app, and picked up without a deployment.',
    );
    this.link = new Secret(this, 'Link', {
      description: 'Policy Guard: signs the links in e-mails and the state of an installation',
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'linkSigningKey',
        passwordLength: LINK_KEY_LENGTH,
        excludePunctuation: true,
      },
    });
    acknowledge(
      this.link,
      'SMG4',
      'A new key makes every link that was sent invalid, while its request still waits; when to do that is for a person to say.',
    );
  }
}
