import { randomBytes } from 'node:crypto';
import * as z from '../../../../workflow/runtime/zod.ts';
import { operation, text } from '../front-door/parameters.ts';
import type { Caller, Service } from '../front-door/service.ts';
import { limitExceeded, noSuchEntity } from './errors.ts';
import { callingUser, findUser } from './find.ts';
import { pageOf } from './paging.ts';
import * as parameters from './parameters.ts';
import type { AccessKey, IamState, User } from './state.ts';
import { uniqueId } from './unique-id.ts';

const KEYS_OF_A_USER = 2;

const UserName = z.optional(parameters.entityName('userName', 128));

/** Access keys of users: whoever signs with one is that user. */
export function accessKeyOperations(state: IamState): Service {
  return {
    CreateAccessKey: operation(z.object({ UserName }), (input, caller) => {
      const user = named(state, input.UserName, caller);
      if (user.accessKeys.length >= KEYS_OF_A_USER) {
        throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${KEYS_OF_A_USER}`);
      }
      const key = {
        id: uniqueId('AKIA'),
        secret: randomBytes(30).toString('base64'),
        createdAt: state.now(),
      };
      user.accessKeys.push(key);
      return { AccessKey: { ...describeKey(user, key), SecretAccessKey: key.secret } };
    }),
    ListAccessKeys: operation(z.object({ UserName, ...parameters.page }), (input, caller) => {
      const user = named(state, input.UserName, caller);
      const { items, rest } = pageOf(user.accessKeys, input);
      return { ...rest, AccessKeyMetadata: items.map((key) => describeKey(user, key)) };
    }),
    DeleteAccessKey: operation(
      z.object({ UserName, AccessKeyId: text({ min: 16, max: 128, pattern: '[\\w]+' }) }),
      ({ UserName: name, AccessKeyId }, caller) => {
        const user = named(state, name, caller);
        const kept = user.accessKeys.filter(({ id }) => id !== AccessKeyId);
        if (kept.length === user.accessKeys.length) {
          throw noSuchEntity(`The Access Key with id ${AccessKeyId} cannot be found.`);
        }
        user.accessKeys = kept;
        return {};
      },
    ),
  };
}

function named(state: IamState, name: string | undefined, caller: Caller): User {
  return name === undefined ? callingUser(state, caller) : findUser(state, name);
}

function describeKey(user: User, { id, createdAt }: AccessKey): object {
  return { UserName: user.name, AccessKeyId: id, Status: 'Active', CreateDate: createdAt };
}
