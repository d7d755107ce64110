import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AwsExamination,
  checkEmail,
  checkEvents,
  checkRule,
  checkTable,
} from '../../../bot/doctor/aws-checks.ts';
import { createLedgerTable } from '../../../infra/sandbox/aws/dynamodb/create-table.ts';
import { AwsError } from '../../../infra/sandbox/aws/front-door/service.ts';
import { createLedger } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { type RunningEndpoint, startAwsEndpoint } from '../../support/aws-endpoint.ts';
import { anchorsOf } from '../../support/markdown.ts';
import { aRequest } from '../../support/requests.ts';

let endpoint: RunningEndpoint;
let rule: () => object;

beforeEach(async () => {
  rule = () => ({ State: 'ENABLED' });
  endpoint = await startAwsEndpoint({}, { events: { DescribeRule: () => rule() } });
});
afterEach(() => endpoint.stop());

function subject(overrides: Partial<AwsExamination> = {}): AwsExamination {
  const aws = endpoint.config();
  return {
    ...{ aws, tableName: 'ledger', ledger: createLedger({ tableName: 'ledger', aws }) },
    ...{ topicArn: 'arn:aws:sns:us-east-1:123456789012:notices', ruleName: 'policy-guard' },
    ...{ adminEmail: 'security@example.com', ...overrides },
  };
}

async function unconfirmed(address: string): Promise<string> {
  const sns = new SNSClient(endpoint.config());
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'unconfirmed' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: address }));
  return TopicArn;
}

describe('the e-mail subscription', () => {
  const confirmed = () => endpoint.aws.sns.addTopic('notices', 'Security@example.com');

  it('is well once it is confirmed, however the address is written', async () => {
    expect(await checkEmail(subject({ topicArn: confirmed() }))).toMatchObject({ status: 'ok' });
  });

  it('is wrong where no address is configured, whoever is subscribed', async () => {
    const topicArn = confirmed();
    expect(await checkEmail(subject({ topicArn, adminEmail: undefined }))).toMatchObject({
      status: 'wrong',
      found: expect.stringContaining('ADMIN_EMAIL is not set'),
    });
  });

  it.each([
    ['a stranger who has confirmed', 'mallory@example.net'],
    ['a stranger who has not confirmed yet', undefined],
  ])('is wrong beside %s, who is named', async (_, address) => {
    const topicArn = confirmed();
    if (address !== undefined) endpoint.aws.sns.addTopic('notices', address);
    else {
      const sns = new SNSClient(endpoint.config());
      const input = { TopicArn: topicArn, Protocol: 'email', Endpoint: 'mallory@example.net' };
      await sns.send(new SubscribeCommand(input));
    }
    expect(await checkEmail(subject({ topicArn }))).toMatchObject({
      status: 'wrong',
      found: expect.stringContaining('mallory@example.net'),
      mend: expect.stringContaining('who subscribed them'),
    });
  });

  it('is wrong while it is not confirmed', async () => {
    const topicArn = await unconfirmed('security@example.com');
    expect(await checkEmail(subject({ topicArn }))).toMatchObject({
      status: 'wrong',
      found: expect.stringContaining('not confirmed'),
    });
  });

  it('is wrong when only somebody else is subscribed', async () => {
    const topicArn = confirmed();
    expect(await checkEmail(subject({ topicArn, adminEmail: 'other@example.com' }))).toMatchObject({
      found: expect.stringContaining('ADMIN_EMAIL is not subscribed'),
    });
  });

  it('shows nobody’s address', async () => {
    const topicArn = await unconfirmed('security@example.com');
    expect(JSON.stringify(await checkEmail(subject({ topicArn })))).not.toContain('@');
  });
});

describe('the event rule', () => {
  it.each(['ENABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'])(
    'is well when it is %s',
    async (State) => {
      rule = () => ({ State });
      expect(await checkRule(subject())).toMatchObject({ status: 'ok' });
    },
  );

  it('is wrong when somebody has disabled it', async () => {
    rule = () => ({ State: 'DISABLED' });
    expect(await checkRule(subject())).toMatchObject({
      status: 'wrong',
      found: expect.stringContaining('disabled'),
      mend: expect.stringContaining('enable-rule --name policy-guard'),
    });
  });

  it('is wrong when it is gone', async () => {
    rule = () => {
      throw new AwsError('ResourceNotFoundException', 'Rule policy-guard does not exist.');
    };
    expect(await checkRule(subject())).toMatchObject({ found: 'There is no rule policy-guard.' });
  });

  it('is not said to be well when it cannot be read', async () => {
    rule = () => {
      throw new AwsError('AccessDeniedException', 'Not authorized.');
    };
    await expect(checkRule(subject())).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('changes', () => {
  const noRequest = async (): Promise<ApprovalRequest[]> => [];

  it('are not said to arrive before one has: there may be no trail', async () => {
    const check = await checkEvents({ ledger: { list: noRequest } });
    expect(check).toMatchObject({ status: 'unknown', found: expect.stringContaining('None has come yet') });
    expect(anchorsOf('infra/aws/README.md')).toContain('next-to-an-existing-trail');
    expect(check.mend).toContain('“Next to an existing trail” in infra/aws/README.md');
  });

  it.each(['pending', 'decided', 'closed'])('arrive when one is in the ledger that is %s', async (status) => {
    const request = { ...aRequest('r1'), createdAt: '2026-11-23T10:00:00.000Z' };
    const ledger = { list: async (asked: string) => (asked === status ? [request] : noRequest()) };
    expect(await checkEvents({ ledger })).toMatchObject({
      status: 'ok',
      found: expect.stringContaining('2026-11-23T10:00:00.000Z'),
    });
  });
});

describe('the ledger', () => {
  it('is well when its table is there and can be read', async () => {
    await createLedgerTable('ledger', endpoint.config());
    expect(await checkTable(subject())).toMatchObject({ status: 'ok' });
  });

  it('is wrong when its table is not there', async () => {
    expect(await checkTable(subject())).toMatchObject({
      status: 'wrong',
      found: 'There is no table ledger.',
    });
  });

  it('is not said to be well when the table is there and cannot be read', async () => {
    await createLedgerTable('ledger', endpoint.config());
    const ledger = { list: () => Promise.reject(new Error('AccessDenied')) };
    await expect(checkTable(subject({ ledger }))).rejects.toThrow('AccessDenied');
  });
});
