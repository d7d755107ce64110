import * as iam from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { PLACEHOLDER } from '../../../../../workflow/containment/placeholder.ts';
import { withIam } from './with-iam.ts';

const { send, endpoint } = withIam();

test('a user is created under a path, read, listed and deleted', async () => {
  const Tags = [{ Key: 'team', Value: 'red' }];
  const created = await send(new iam.CreateUserCommand({ UserName: 'Alice', Path: '/people/', Tags }));
  expect(created.User).toEqual({
    Path: '/people/',
    UserName: 'Alice',
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    Arn: 'arn:aws:iam::123456789012:user/people/Alice',
    CreateDate: expect.any(Date),
    Tags,
  });
  const read = await send(new iam.GetUserCommand({ UserName: 'alice' }));
  expect(read.User).toEqual(created.User);
  const { Users } = await send(new iam.ListUsersCommand({ PathPrefix: '/people/' }));
  expect(Users?.map(({ UserName }) => UserName)).toEqual(['Alice']);
  await send(new iam.DeleteUserCommand({ UserName: 'Alice' }));
  await expect(send(new iam.GetUserCommand({ UserName: 'Alice' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
});

test('a name is taken whatever its case', async () => {
  await expect(send(new iam.CreateUserCommand({ UserName: 'Developer' }))).rejects.toMatchObject({
    name: 'EntityAlreadyExistsException',
    message: 'User with name Developer already exists.',
  });
});

describe('GetUser without a name', () => {
  const whoAmI = (caller: string) =>
    new iam.IAMClient(endpoint().config(caller)).send(new iam.GetUserCommand({}));

  test('is the user who is calling', async () => {
    expect((await whoAmI('developer')).User?.UserName).toBe('developer');
  });

  test('is root, who has no name', async () => {
    expect((await whoAmI('root')).User).toEqual({
      UserId: '123456789012',
      Arn: 'arn:aws:iam::123456789012:root',
      CreateDate: expect.any(Date),
    });
  });

  test('is refused for a role', async () => {
    await expect(whoAmI('deployer')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Must specify userName when calling with non-User credentials',
    });
  });
});

describe('a user is not deleted while it has', () => {
  const UserName = 'u';
  const policy = { UserName, PolicyName: 'p' };
  const attachment = { UserName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
  const membership = { UserName, GroupName: 'developers' };

  test.each([
    ['policies attached', new iam.AttachUserPolicyCommand(attachment), 'must detach all policies first.'],
    [
      'inline policies',
      new iam.PutUserPolicyCommand({ ...policy, PolicyDocument: PLACEHOLDER }),
      'must delete policies first.',
    ],
    ['groups', new iam.AddUserToGroupCommand(membership), 'must remove users from group first.'],
    ['access keys', new iam.CreateAccessKeyCommand({ UserName }), 'must delete access keys first.'],
  ] as const)('%s', async (_, command, message) => {
    await send(new iam.CreateUserCommand({ UserName }));
    await send(command as iam.CreateAccessKeyCommand);
    await expect(send(new iam.DeleteUserCommand({ UserName }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: `Cannot delete entity, ${message}`,
    });
  });
});

describe('another name or path', () => {
  test('keeps the id and what is held', async () => {
    const { User } = await send(new iam.CreateUserCommand({ UserName: 'carol' }));
    const own = { PolicyName: 'own', PolicyDocument: PLACEHOLDER };
    await send(new iam.PutUserPolicyCommand({ UserName: 'carol', ...own }));
    await send(new iam.UpdateUserCommand({ UserName: 'carol', NewUserName: 'Carola', NewPath: '/team/' }));
    const renamed = await send(new iam.GetUserCommand({ UserName: 'carola' }));
    expect(renamed.User).toMatchObject({
      ...{ UserName: 'Carola', UserId: User?.UserId, Path: '/team/' },
      Arn: 'arn:aws:iam::123456789012:user/team/Carola',
    });
    const { PolicyNames } = await send(new iam.ListUserPoliciesCommand({ UserName: 'Carola' }));
    expect(PolicyNames).toEqual(['own']);
    await expect(send(new iam.GetUserCommand({ UserName: 'carol' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  test('of a group too: the id stays, the ARN follows', async () => {
    const { Group } = await send(new iam.CreateGroupCommand({ GroupName: 'green' }));
    await send(new iam.UpdateGroupCommand({ GroupName: 'green', NewGroupName: 'lime', NewPath: '/team/' }));
    const renamed = await send(new iam.GetGroupCommand({ GroupName: 'lime' }));
    expect(renamed.Group).toMatchObject({
      ...{ GroupName: 'lime', GroupId: Group?.GroupId, Path: '/team/' },
      Arn: 'arn:aws:iam::123456789012:group/team/lime',
    });
  });

  test('is refused where it is taken, and may be the same in another case', async () => {
    await send(new iam.CreateGroupCommand({ GroupName: 'red' }));
    await send(new iam.CreateGroupCommand({ GroupName: 'blue' }));
    const rename = (NewGroupName: string) =>
      send(new iam.UpdateGroupCommand({ GroupName: 'red', NewGroupName }));
    await expect(rename('Blue')).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
    await rename('RED');
    const { Group } = await send(new iam.GetGroupCommand({ GroupName: 'red' }));
    expect(Group?.GroupName).toBe('RED');
  });
});
