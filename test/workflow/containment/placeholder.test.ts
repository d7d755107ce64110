import { describe, expect, it } from 'vitest';
import {
  deniesOf,
  isPlaceholderOf,
  keepsDenies,
  PLACEHOLDER,
  PLACEHOLDER_SHA256,
  placeholderOf,
  rungsOf,
} from '../../../workflow/containment/placeholder.ts';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { sha256 } from '../../../workflow/inspection/packed-document.ts';
import { BAD } from '../../support/ways-in.ts';

const ALLOW = '{"Effect":"Allow","Action":"*","Resource":"*"}';
/** Spaced and escaped as a person may write it. */
const NO_IAM = '{ "Sid": "NoIam",\n "Effect":"Deny", "Action":"\\u0069am:*","Resource":"*" }';
const NO_MFA =
  '{"Effect":"Deny","NotAction":["iam:List*"],"Resource":["*"],"Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}';
const MARKER = '{"Sid":"QuarantinedByPolicyGuard","Effect":"Deny","Action":"none:null","Resource":"*"}';

const policy = (...statements: string[]) => `{"Version":"2012-10-17","Statement":[${statements.join(',')}]}`;

describe('the placeholder', () => {
  it('is the marker alone for a document that denies nothing', () => {
    expect(placeholderOf(BAD)).toEqual({ text: PLACEHOLDER, leftOut: [] });
    expect(PLACEHOLDER).toBe(policy(MARKER));
    expect(PLACEHOLDER_SHA256).toBe(sha256(PLACEHOLDER));
  });

  it('keeps the document’s own Denies, byte for byte, conditional or not', () => {
    const { text, leftOut } = placeholderOf(policy(NO_IAM, ALLOW, NO_MFA));
    expect(text).toBe(policy(NO_IAM, NO_MFA, MARKER));
    expect(leftOut).toEqual([]);
  });

  it('keeps a Deny that is the only statement, in no list', () => {
    expect(placeholderOf(`{"Statement":${NO_MFA},"Version":"2012-10-17"}`).text).toBe(policy(NO_MFA, MARKER));
  });

  it('keeps what was denied before too, each Deny once', () => {
    expect(placeholderOf(policy(ALLOW, NO_MFA), policy(NO_IAM, NO_MFA)).text).toBe(
      policy(NO_MFA, NO_IAM, MARKER),
    );
  });

  it('keeps the earlier of two Denies with one Sid, which IAM refuses, and names the other', () => {
    const other = NO_IAM.replace('"Resource":"*"', '"Resource":"arn:aws:iam::*:role/x"');
    const { text, leftOut } = placeholderOf(policy(NO_IAM), policy(other));
    expect(text).toBe(policy(NO_IAM, MARKER));
    expect(leftOut).toEqual(['Deny NoIam: another one has this Sid']);
  });

  it('leaves out the white space that only fills a document up', () => {
    const padded = NO_MFA.replace('{', `{${' \n'.repeat(60_000)}`);
    const { text } = placeholderOf(policy(padded, ALLOW));
    expect(text).toBe(policy(NO_MFA, MARKER));
    expect(isPlaceholderOf(text, policy(padded, ALLOW))).toBe(true);
  });

  it('is made again from itself, and grants nothing', () => {
    const { text } = placeholderOf(policy(NO_IAM, ALLOW));
    expect(placeholderOf(text).text).toBe(text);
    expect(inspectDocument(text, [{ pattern: '*' }])).toEqual({ restricted: false, findings: [] });
  });

  it('does without the marker, and then without the Denies, where it has no room', () => {
    expect(rungsOf(policy(NO_IAM, MARKER))).toEqual([policy(NO_IAM, MARKER), policy(NO_IAM), PLACEHOLDER]);
    expect(rungsOf(PLACEHOLDER)).toEqual([PLACEHOLDER]);
  });
});

describe('a Deny that cannot be read without doubt is left out and named', () => {
  it.each([
    [
      'a key twice',
      '{"Effect":"Deny","Action":"iam:*","Action":"s3:*","Resource":"*"}',
      'a key is written twice',
    ],
    [
      'a key twice in its condition',
      '{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"a":"1","a":"2"}}}',
      'a key is written twice',
    ],
    ['a key in another case', '{"Effect":"Deny","action":"*","Resource":"*"}', 'has a key that'],
    ['a principal', '{"Effect":"Deny","Action":"*","Resource":"*","Principal":"*"}', 'has a key that'],
    ['an effect in another case', '{"Effect":"deny","Action":"*","Resource":"*"}', 'not spelt Deny'],
    ['no resource', '{"Effect":"Deny","Action":"*"}', 'not one of Resource'],
    [
      'both kinds of actions',
      '{"Effect":"Deny","Action":"*","NotAction":"s3:*","Resource":"*"}',
      'not one of Action',
    ],
    ['an action that is no text', '{"Effect":"Deny","Action":[1],"Resource":"*"}', 'neither a text'],
    ['an odd condition', '{"Effect":"Deny","Action":"*","Resource":"*","Condition":"x"}', 'odd form'],
  ])('with %s', (_what, deny, why) => {
    const { text, leftOut } = placeholderOf(policy(ALLOW, deny, NO_MFA));
    expect(text).toBe(policy(NO_MFA, MARKER));
    expect(leftOut).toEqual([expect.stringMatching(new RegExp(`^Deny in statement 1: .*${why}`))]);
  });

  it('with statements that are there twice, of which IAM may see one', () => {
    const { text, leftOut } = placeholderOf(`{"Version":"2012-10-17","Statement":${NO_IAM},"Statement":[]}`);
    expect(text).toBe(PLACEHOLDER);
    expect(leftOut).toEqual(['Deny NoIam: the document has a key twice']);
  });

  it.each(['', '"Version":"2008-10-17",'])(
    'with a variable in a document of the old language (%s)',
    (version) => {
      const variable = `{"Sid":"Own","Effect":"Deny","Action":"*","NotResource":"arn:aws:s3:::x/\${aws:username}"}`;
      const { text, leftOut } = placeholderOf(`{${version}"Statement":[${variable},${NO_MFA}]}`);
      expect(text).toBe(policy(NO_MFA, MARKER));
      expect(leftOut).toEqual([expect.stringContaining('Deny Own: it may mean something else')]);
    },
  );

  it('where there is no policy at all', () => {
    expect(placeholderOf('no JSON')).toEqual({
      text: PLACEHOLDER,
      leftOut: [expect.stringContaining('no policy that can be read')],
    });
  });

  it('and no more than eleven lines name them', () => {
    const odd = '{"Effect":"Deny","Action":"*"}';
    expect(placeholderOf(policy(...Array<string>(30).fill(odd))).leftOut).toHaveLength(11);
  });
});

describe('a placeholder is known by making it again', () => {
  const document = policy(NO_IAM, ALLOW);

  it.each([
    ['whole', policy(NO_IAM, MARKER), true],
    ['spaced by IAM', `${policy(NO_IAM, MARKER).replace('"Statement":', '"Statement" :\n')} `, true],
    ['without the marker', policy(NO_IAM), true],
    ['without the Denies', PLACEHOLDER, true],
    ['with another Deny', policy(NO_MFA, MARKER), false],
    ['with a Deny more', policy(NO_IAM, NO_MFA, MARKER), false],
    ['with a grant beside the marker', policy(NO_IAM, ALLOW, MARKER), false],
    ['with white space inside a text', policy(NO_IAM.replace('NoIam', 'No Iam'), MARKER), false],
  ])('%s', (_what, text, known) => {
    expect(isPlaceholderOf(text, document)).toBe(known);
  });

  it('and not by what it parses to: with a duplicate key it could grant more', () => {
    const disguised = PLACEHOLDER.replace('"Statement"', `"Statement":[${ALLOW}],"Statement"`);
    expect(JSON.parse(disguised)).toEqual(JSON.parse(PLACEHOLDER));
    expect(isPlaceholderOf(disguised, BAD)).toBe(false);
  });
});

it('tells the Denies of a document as a policy of their own', () => {
  expect(deniesOf(policy(ALLOW, NO_MFA))).toEqual({ text: policy(NO_MFA), leftOut: [] });
  expect(deniesOf(BAD)).toEqual({ leftOut: [] });
});

it('tells whether a version would open what another one closes', () => {
  expect(keepsDenies(policy(NO_IAM, NO_MFA), policy(NO_IAM, ALLOW))).toBe(true);
  expect(keepsDenies(policy(NO_MFA), policy(NO_IAM, ALLOW))).toBe(false);
  expect(keepsDenies(BAD, policy('{"Effect":"Deny","action":"*","Resource":"*"}'))).toBe(false);
});
