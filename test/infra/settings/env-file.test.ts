import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertReadable, readEnvFile } from '../../../infra/settings/env-file.ts';
import { readSettings } from '../../../workflow/runtime/settings/settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'env-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (text: string) => {
  const file = join(folder, '.env');
  writeFileSync(file, text);
  return readEnvFile(file);
};

describe('a .env file', () => {
  it('need not be there', () => {
    expect(readEnvFile(join(folder, 'none'))).toEqual({ values: {}, problems: [] });
  });

  it('is read, with names that belong to other programs', () => {
    expect(read('APPROVERS=U012\nAWS_PROFILE=security\nRESTRICTED_ACTIONS_FILE=list.txt\n').values).toEqual({
      APPROVERS: 'U012',
      AWS_PROFILE: 'security',
      RESTRICTED_ACTIONS_FILE: 'list.txt',
    });
  });

  it('with mistyped names is refused, and each is told with what was probably meant', () => {
    const attempt = () =>
      assertReadable(read('APROVERS=U012\nBREAKGLASS=true\nEMAIL_LINK=off\nMODE=observe\n'));
    for (const told of ['APROVERS: is no setting; did you mean APPROVERS?', 'BREAK_GLASS?', 'EMAIL_LINKS?']) {
      expect(attempt).toThrow(told);
    }
  });

  it('may begin with a byte order mark', () => {
    expect(read('\uFEFFAPPROVERS=U012\n')).toEqual({ values: { APPROVERS: 'U012' }, problems: [] });
  });

  it('with the name of a channel in place of its id says that an id is wanted, and that # begins a comment', () => {
    const { values } = read('SLACK_CHANNEL=#security\nADMIN_EMAIL= # nobody yet\n');
    expect(() => readSettings(values, ['SLACK_CHANNEL', 'ADMIN_EMAIL'])).toThrow(
      /SLACK_CHANNEL: must be a channel id .*, not its name; and # begins a comment \(it is "#security"\)$/,
    );
  });
});
