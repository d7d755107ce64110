import {
  GetLoginProfileCommand,
  GetUserCommand,
  type IAMClient,
  paginateListAccessKeys,
} from '@aws-sdk/client-iam';
import { NotFoundError, type UserAge } from './iam.ts';

/** See `IamReader.getUserAge`. */
export async function getUserAge(client: IAMClient, UserName: string): Promise<UserAge> {
  const [{ User }, keys, profile] = await Promise.all([
    client.send(new GetUserCommand({ UserName })),
    accessKeyTimes(client, UserName),
    loginProfileTime(client, UserName),
  ]);
  if (User?.UserId === undefined || User.CreateDate === undefined) {
    throw new Error(`GetUser of ${UserName} names no user; this is not what IAM documents.`);
  }
  const newest = [...keys, ...profile].sort((one, other) => one.getTime() - other.getTime()).at(-1);
  return {
    userId: User.UserId,
    createdAt: User.CreateDate.toISOString(),
    ...(newest !== undefined && { credentialAt: newest.toISOString() }),
  };
}

async function accessKeyTimes(client: IAMClient, UserName: string): Promise<Date[]> {
  const times: Date[] = [];
  for await (const { AccessKeyMetadata = [] } of paginateListAccessKeys({ client }, { UserName })) {
    // A key without a date would be one of unknown age: it counts as new.
    times.push(...AccessKeyMetadata.map(({ CreateDate }) => CreateDate ?? new Date()));
  }
  return times;
}

async function loginProfileTime(client: IAMClient, UserName: string): Promise<Date[]> {
  try {
    const { LoginProfile } = await client.send(new GetLoginProfileCommand({ UserName }));
    return [LoginProfile?.CreateDate ?? new Date()];
  } catch (error) {
    if (error instanceof NotFoundError) return [];
    throw error;
  }
}
