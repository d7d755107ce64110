import { describe, expect, test } from 'vitest';
import { PLACEHOLDER } from '../../../../../workflow/containment/placeholder.ts';
import { withIam } from './with-iam.ts';

const { call } = withIam();

const holders = [
  ['user', 'User', 'developer', 2048],
  ['group', 'Group', 'developers', 5120],
  ['role', 'Role', 'deployer', 10_240],
] as const;

describe.each(holders)('of a %s', (entity, Entity, name, quota) => {
  const holder = { [`${Entity}Name`]: name };
  const put = (policy: { PolicyName: string; PolicyDocument: string }) =>
    call(`Put${Entity}Policy`, { [`${Entity}Name`]: name.toUpperCase(), ...policy });
  const get = (PolicyName: string) => call(`Get${Entity}Policy`, { ...holder, PolicyName });
  const documentOf = async (PolicyName: string) =>
    decodeURIComponent(String((await get(PolicyName)).PolicyDocument));
  const remove = (PolicyName: string) => call(`Delete${Entity}Policy`, { ...holder, PolicyName });
  const list = () => call(`List${Entity}Policies`, holder);

  test('a policy is put, found whatever the case of the holder’s name, replaced and deleted', async () => {
    const padded = `${PLACEHOLDER}\r\n   `;
    await put({
      PolicyName: 'b',
      PolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
    });
    await put({ PolicyName: 'a', PolicyDocument: PLACEHOLDER });
    await put({ PolicyName: 'b', PolicyDocument: padded });
    expect(await list()).toMatchObject({ PolicyNames: ['a', 'b'], IsTruncated: false });
    expect(Object.values(await get('b'))).toContain(name);
    expect(await documentOf('b')).toBe(padded);
    await remove('b');
    await expect(get('b')).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `The ${entity} policy with name b cannot be found.`,
    });
    expect((await list()).PolicyNames).toEqual(['a']);
  });

  test('the quota counts the policies of all names, but not the one that is replaced', async () => {
    const ofSize = (size: number) => {
      const [before, after] = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::|' }],
      }).split('|') as [string, string];
      return before + 'x'.repeat(size - before.length - after.length) + after;
    };
    await put({ PolicyName: 'first', PolicyDocument: ofSize(quota - 200) });
    await put({ PolicyName: 'first', PolicyDocument: ofSize(quota - 100) });
    await put({ PolicyName: 'second', PolicyDocument: `${ofSize(100)}${' '.repeat(1000)}` });
    await expect(put({ PolicyName: 'second', PolicyDocument: ofSize(101) })).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: `Maximum policy size of ${quota} bytes exceeded for ${entity} ${name}`,
    });
    expect((await documentOf('second')).trim()).toHaveLength(100);
  });

  test('a malformed document is refused, and the old one stays', async () => {
    await put({ PolicyName: 'p', PolicyDocument: PLACEHOLDER });
    await expect(put({ PolicyName: 'p', PolicyDocument: '{}' })).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    });
    expect(await documentOf('p')).toBe(PLACEHOLDER);
  });
});
