import { describe, expect, it } from 'vitest';
import { namedSets } from '../../../../workflow/inspection/restricted-actions/named-set.ts';
import { parseList } from '../../../../workflow/inspection/restricted-actions/parse-list.ts';

/** What a list says of one action. */
function attributesOf(text: string, pattern = 's3:DeleteBucket') {
  const { actions, problems } = parseList(text);
  expect(problems).toEqual([]);
  const found = actions.filter((action) => action.pattern.toLowerCase() === pattern.toLowerCase());
  expect(found).toHaveLength(1);
  const { severity, mode } = found[0] ?? {};
  return { ...(severity && { severity }), ...(mode && { mode }) };
}

const problemOf = (text: string) => parseList(text).problems.join('; ');

describe('attributes of an entry', () => {
  it.each([
    ['s3:DeleteBucket', {}],
    ['s3:DeleteBucket severity=critical', { severity: 'critical' }],
    ['s3:DeleteBucket\tmode=observe', { mode: 'observe' }],
    ['s3:DeleteBucket  severity=low   mode=enforce # for now', { severity: 'low', mode: 'enforce' }],
    ['iam:PassRole, s3:DeleteBucket mode=observe, kms:*', { mode: 'observe' }],
  ])('are what it says: %j', (text, attributes) => {
    expect(attributesOf(text)).toEqual(attributes);
  });

  it('hold for all entries of a named set, whose reasons stay', () => {
    const set = namedSets.find(({ name }) => name === '@data-destruction');
    expect(parseList('@data-destruction severity=high mode=observe')).toEqual({
      problems: [],
      actions: set?.actions.map(({ pattern, why }) => ({
        pattern,
        why,
        set: '@data-destruction',
        severity: 'high',
        mode: 'observe',
      })),
    });
  });

  it.each([
    [
      'colour=red',
      'has the unknown attribute "colour=red"; there are severity=…, mode=…, resource=… and unless=…',
    ],
    [
      's3:DeleteObject',
      'has the unknown attribute "s3:DeleteObject"; there are severity=…, mode=…, resource=… and unless=…',
    ],
    ['__proto__=x', 'has the unknown attribute "__proto__=x"'],
    ['severity=awful', 'has the unknown severity "awful"; it may be critical, high, medium, low'],
    ['severity', 'has the unknown severity ""'],
    ['mode=Observe', 'has the unknown mode "Observe"; it may be enforce, observe'],
    ['mode=observe=enforce', 'has the unknown mode "observe=enforce"'],
    ['mode=observe mode=observe', 'has mode twice'],
  ])('are a problem that names the entry: %s', (attributes, problem) => {
    expect(problemOf(`s3:DeleteBucket ${attributes}`)).toContain(
      `"s3:DeleteBucket ${attributes}" ${problem}`,
    );
    expect(problemOf(`@data-destruction ${attributes}`)).toContain(
      `"@data-destruction ${attributes}" ${problem}`,
    );
    expect(parseList(`s3:DeleteBucket ${attributes}`).actions).toEqual([]);
  });
});

describe('an action that is listed twice', () => {
  const SET = '@data-destruction';

  it.each([
    [`${SET} severity=low, s3:DeleteBucket severity=critical`, { severity: 'critical' }],
    [`s3:DeleteBucket severity=low, ${SET} severity=critical`, { severity: 'low' }],
    [`s3:DeleteBucket mode=observe, ${SET} mode=enforce`, { mode: 'observe' }],
    [
      `${SET} mode=observe severity=high, s3:DeleteBucket mode=enforce`,
      { mode: 'enforce', severity: 'high' },
    ],
  ])('is as its own entry says, before its set: %s', (text, attributes) => {
    expect(attributesOf(text)).toEqual(attributes);
  });

  it.each([
    [`${SET} mode=observe, s3:DeleteBucket`, {}],
    [`s3:DeleteBucket, ${SET} mode=enforce severity=high`, { mode: 'enforce', severity: 'high' }],
  ])('is the stricter of the two where its own entry says nothing: %s', (text, attributes) => {
    expect(attributesOf(text)).toEqual(attributes);
  });

  it.each([
    ['s3:DeleteBucket mode=observe, S3:deletebucket mode=enforce', { mode: 'enforce' }],
    ['s3:DeleteBucket mode=enforce, s3:DeleteBucket', { mode: 'enforce' }],
    ['s3:DeleteBucket mode=observe, s3:DeleteBucket', {}],
    ['s3:DeleteBucket, s3:DeleteBucket mode=observe', {}],
    ['s3:DeleteBucket mode=observe, s3:DeleteBucket mode=observe', { mode: 'observe' }],
    ['s3:DeleteBucket severity=low, s3:DeleteBucket severity=high', { severity: 'high' }],
    ['s3:DeleteBucket severity=medium, s3:DeleteBucket', { severity: 'medium' }],
    [`${SET} mode=observe, ${SET} mode=enforce severity=low`, { mode: 'enforce', severity: 'low' }],
  ])('is the stricter of two of a kind: %s', (text, attributes) => {
    expect(attributesOf(text)).toEqual(attributes);
  });
});

describe('a recommended list', () => {
  it('stands for its actions, each with its severity and what it counts on', () => {
    expect(attributesOf('@broad')).toMatchObject({ severity: expect.any(String) });
    expect(parseList('@broad').actions.every(({ resources }) => resources !== undefined)).toBe(true);
    const passRole = parseList('@broad').actions.find(({ pattern }) => pattern === 'iam:PassRole');
    expect(passRole).toMatchObject({ set: '@privilege-escalation', resources: ['broad'] });
  });

  it('counts an action of both lists on everything', () => {
    const found = parseList('@unseen,@broad').actions.find(({ pattern }) => pattern === 'iam:PutUserPolicy');
    expect(found).toMatchObject({ severity: 'critical', why: expect.any(String) });
    expect(found?.resources).toBeUndefined();
  });

  it('gives way to what an own entry says', () => {
    expect(attributesOf('@broad, s3:DeleteBucket mode=observe severity=low')).toEqual({
      mode: 'observe',
      severity: 'low',
    });
  });
});
