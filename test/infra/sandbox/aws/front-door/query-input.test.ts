import { describe, expect, test } from 'vitest';
import { readQueryInput } from '../../../../../infra/sandbox/aws/front-door/query-input.ts';

const read = (form: string) => readQueryInput(new URLSearchParams(form));

describe('a form of the query protocol', () => {
  test('gives its parameters, without those that name the operation', () => {
    expect(read('Action=GetUser&Version=2010-05-08&UserName=a%2Bb+c')).toEqual({ UserName: 'a+b c' });
  });

  test('gives a list of structures in the order of its numbers', () => {
    const tags = Array.from({ length: 11 }, (_, i) => `Tags.member.${11 - i}.Key=k${11 - i}`).join('&');
    expect(read(tags).Tags).toEqual(Array.from({ length: 11 }, (_, i) => ({ Key: `k${i + 1}` })));
  });

  test('gives a list of texts', () => {
    expect(read('Filter.member.1=User&Filter.member.2=Role')).toEqual({ Filter: ['User', 'Role'] });
  });

  test.each([
    ['key', 'value'],
    ['Name', 'Value'],
  ])('gives a map whose entries say %s and %s', (key, value) => {
    const form = `Attributes.entry.1.${key}=a&Attributes.entry.1.${value}=1&Attributes.entry.2.${key}=b&Attributes.entry.2.${value}=2`;
    expect(read(form)).toEqual({ Attributes: { a: '1', b: '2' } });
  });

  test('cannot reach the prototype of anything', () => {
    read('__proto__.polluted=yes&constructor.prototype.polluted=yes');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
