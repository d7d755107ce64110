import * as iam from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import { PLACEHOLDER } from '../../../../../workflow/containment/placeholder.ts';
import { withIam } from './with-iam.ts';

const GroupName = 'g';
const { send } = withIam();

beforeEach(async () => {
  await send(new iam.CreateGroupCommand({ GroupName, Path: '/teams/' }));
});

const members = async () =>
  (await send(new iam.GetGroupCommand({ GroupName }))).Users?.map(({ UserName }) => UserName);

test('a group is told with its path, and listed', async () => {
  const { Group } = await send(new iam.GetGroupCommand({ GroupName: 'G' }));
  expect(Group).toEqual({
    Path: '/teams/',
    GroupName: 'g',
    GroupId: expect.stringMatching(/^AGPA[A-Z2-7]{17}$/),
    Arn: 'arn:aws:iam::123456789012:group/teams/g',
    CreateDate: expect.any(Date),
  });
  const { Groups } = await send(new iam.ListGroupsCommand({}));
  expect(Groups?.map((group) => group.GroupName)).toEqual(['developers', 'g']);
});

test('users come and go', async () => {
  const membership = { GroupName, UserName: 'developer' };
  await send(new iam.AddUserToGroupCommand(membership));
  await send(new iam.AddUserToGroupCommand(membership));
  expect(await members()).toEqual(['developer']);
  const { Groups } = await send(new iam.ListGroupsForUserCommand({ UserName: 'developer' }));
  expect(Groups?.map((group) => group.GroupName)).toEqual(['developers', 'g']);
  await send(new iam.RemoveUserFromGroupCommand(membership));
  expect(await members()).toEqual([]);
});

describe('a group is not deleted while it has', () => {
  test.each([
    [
      'users',
      new iam.AddUserToGroupCommand({ GroupName, UserName: 'developer' }),
      'must remove users from group first.',
    ],
    [
      'policies attached',
      new iam.AttachGroupPolicyCommand({ GroupName, PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' }),
      'must detach all policies first.',
    ],
    [
      'inline policies',
      new iam.PutGroupPolicyCommand({ GroupName, PolicyName: 'p', PolicyDocument: PLACEHOLDER }),
      'must delete policies first.',
    ],
  ] as const)('%s', async (_, command, message) => {
    await send(command as iam.AddUserToGroupCommand);
    await expect(send(new iam.DeleteGroupCommand({ GroupName }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: `Cannot delete entity, ${message}`,
    });
  });
});

test('an empty one is deleted, and its name is free again', async () => {
  await expect(send(new iam.CreateGroupCommand({ GroupName: 'G' }))).rejects.toMatchObject({
    name: 'EntityAlreadyExistsException',
  });
  await send(new iam.DeleteGroupCommand({ GroupName }));
  await send(new iam.CreateGroupCommand({ GroupName: 'G' }));
});
