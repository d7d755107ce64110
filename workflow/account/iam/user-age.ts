import {
  GetLoginProfileCommand,
  GetUserCommand,
  type IAMClient,
  paginateListAccessKeys,
} from '@aws-sdk/client-iam';
import { NotFoundError, type UserAge } from './iam.ts';

/** See `IamReader.getUserAge`. */
export async function getUserAge(client: IAMClient, UserName: string): Promise<UserAge> {
  const [{ User }, accessKeys, password] = await Promise.all([
    client.send(new GetUserCommand({ UserName })),
    listAccessKeys(client, UserName),
    readPassword(client, UserName),
  ]);
  if (User?.UserId === undefined || User.CreateDate === undefined) {
    throw new Error(`GetUser of ${UserName} names no user; this is not what IAM documents.`);
  }
  return { userId: User.UserId, createdAt: User.CreateDate.toISOString(), accessKeys, ...password };
}

async function listAccessKeys(client: IAMClient, UserName: string): Promise<UserAge['accessKeys']> {
  const keys: UserAge['accessKeys'] = [];
  for await (const { AccessKeyMetadata = [] } of paginateListAccessKeys({ client }, { UserName })) {
    keys.push(
      ...AccessKeyMetadata.map(({ AccessKeyId = '', CreateDate }) => ({
        id: AccessKeyId,
        createdAt: timeOf(CreateDate),
      })),
    );
  }
  return keys;
}

async function readPassword(client: IAMClient, UserName: string): Promise<Pick<UserAge, 'passwordAt'>> {
  try {
    const { LoginProfile } = await client.send(new GetLoginProfileCommand({ UserName }));
    return { passwordAt: timeOf(LoginProfile?.CreateDate) };
  } catch (error) {
    if (error instanceof NotFoundError) return {};
    throw error;
  }
}

/** What has no date is of unknown age: it counts as new. */
function timeOf(date: Date | undefined): string {
  return (date ?? new Date()).toISOString();
}
