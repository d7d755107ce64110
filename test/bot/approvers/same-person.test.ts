import { describe, expect, it } from 'vitest';
import { isSamePerson } from '../../../bot/approvers/same-person.ts';
import type { SlackProfile } from '../../../bot/media/slack/api/slack-api.ts';
import { aChange } from '../../support/requests.ts';

const NOBODY: SlackProfile = {
  id: 'U0X',
  teamIds: [],
  deleted: false,
  bot: false,
  guest: false,
  stranger: false,
};

function matches(names: string[], profile: Partial<SlackProfile>) {
  return isSamePerson({ ...aChange().requester, names }, { ...NOBODY, ...profile });
}

describe('the requester and the person who clicks are the same', () => {
  it.each([
    ['e-mail address', ['dana@example.com'], { email: 'dana@example.com' }],
    ['e-mail address in another case', ['Dana@Example.com'], { email: 'DANA@example.COM' }],
    ['user name and the e-mail address’s local part', ['dana'], { email: 'dana@example.com' }],
    ['e-mail addresses of two domains', ['dana@corp.example'], { email: 'dana@example.com' }],
    ['e-mail address with a tag', ['dana+aws@example.com'], { email: 'dana@example.com' }],
    ['handle', ['dana.lee'], { name: 'dana.lee' }],
    ['real name, which a session name cannot hold as it is', ['dana.lee'], { realName: 'Dana Lee' }],
    ['display name', ['DanaLee'], { displayName: 'dana lee' }],
    ['one of several names', ['ci-build', 'dana'], { name: 'dana' }],
    ['a name in another normal form', ['zoe\u0308'], { realName: 'Zo\u00eb' }],
  ])('by %s', (_, names, profile) => {
    expect(matches(names, profile)).toBeDefined();
  });
});

describe('two people', () => {
  it.each([
    [
      'with different names',
      ['dana'],
      { email: 'robin@example.com', name: 'robin', realName: 'Robin Banks' },
    ],
    ['of whom one is a part of the other', ['dan'], { email: 'dana@example.com', name: 'dana' }],
    ['of whom one has no name', [], { email: 'dana@example.com' }],
    ['whose names are empty', [''], { name: '', displayName: '' }],
    ['whose names are punctuation', ['--'], { displayName: '..' }],
    ['who share a domain only', ['dana@example.com'], { email: 'robin@example.com' }],
  ])('%s', (_, names, profile) => {
    expect(matches(names, profile)).toBeUndefined();
  });
});
