import { describe, expect, it } from 'vitest';
import {
  eventConsoleUrl,
  executionConsoleUrl,
  policyConsoleUrl,
} from '../../../../bot/media/wording/console-url.ts';
import type { Target } from '../../../../workflow/events/change.ts';
import { ATTACHMENT, aChange, INLINE, MANAGED } from '../../../support/requests.ts';

describe('the link into the AWS console', () => {
  it.each<[string, Target, string]>([
    [
      'a managed policy',
      MANAGED,
      'policies/details/arn%3Aaws%3Aiam%3A%3A123456789012%3Apolicy%2Fmy-bad-policy',
    ],
    ['an inline policy, its role', INLINE, 'roles/details/deployer'],
    [
      'an inline policy, its user',
      { ...INLINE, entity: 'user', entityName: 'alice' } as Target,
      'users/details/alice',
    ],
    [
      'an inline policy, its group',
      { ...INLINE, entity: 'group', entityName: 'ops' } as Target,
      'groups/details/ops',
    ],
    [
      'an attachment, the policy',
      ATTACHMENT,
      'policies/details/arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FAdministratorAccess',
    ],
  ])('leads to the page of %s', (_, target, page) => {
    const url = policyConsoleUrl(aChange({ target }));
    expect(url).toBe(`https://console.aws.amazon.com/iam/home#/${page}?section=permissions`);
  });

  it.each([
    ['aws-us-gov', 'https://console.amazonaws-us-gov.com/'],
    ['aws-cn', 'https://console.amazonaws.cn/'],
  ])('leads to the console of the partition %s', (partition, host) => {
    expect(policyConsoleUrl(aChange({ partition })).startsWith(host)).toBe(true);
    const execution = `arn:${partition}:states:somewhere-1:123456789012:execution:guard:e1`;
    expect(executionConsoleUrl(execution).startsWith(`${host}states/home?region=somewhere-1#/`)).toBe(true);
  });

  it.each([
    ['aws', 'https://console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events?EventId=e1'],
    [
      'aws-us-gov',
      'https://console.amazonaws-us-gov.com/cloudtrailv2/home?region=us-gov-west-1#/events?EventId=e1',
    ],
    ['aws-cn', 'https://console.amazonaws.cn/cloudtrailv2/home?region=cn-north-1#/events?EventId=e1'],
  ])('leads to the event where IAM’s events of the partition %s arrive', (partition, url) => {
    expect(eventConsoleUrl(aChange({ partition, eventId: 'e1' }))).toBe(url);
  });

  it('stays one link, whatever a name holds', () => {
    const target: Target = { ...INLINE, entityName: 'a b"><script>|#?&' } as Target;
    expect(policyConsoleUrl(aChange({ target }))).not.toMatch(/[ "<>|]|#.*#|\?.*\?/);
  });
});
