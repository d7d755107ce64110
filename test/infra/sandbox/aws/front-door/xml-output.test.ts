import { expect, test } from 'vitest';
import { toXml } from '../../../../../infra/sandbox/aws/front-door/xml-output.ts';

test('lists are members, also when they are empty', () => {
  expect(toXml('Names', ['a', 'b'])).toBe('<Names><member>a</member><member>b</member></Names>');
  expect(toXml('Names', [])).toBe('<Names></Names>');
});

test('maps are entries', () => {
  expect(toXml('Attributes', new Map([['k', 'v']]))).toBe(
    '<Attributes><entry><key>k</key><value>v</value></entry></Attributes>',
  );
});

test('dates are ISO 8601 in whole seconds, booleans and numbers are text', () => {
  expect(toXml('P', { At: new Date('2026-11-23T09:02:30.123Z'), Yes: true, Count: 0 })).toBe(
    '<P><At>2026-11-23T09:02:30Z</At><Yes>true</Yes><Count>0</Count></P>',
  );
});

test('what is undefined is left out', () => {
  expect(toXml('P', { Description: undefined })).toBe('<P></P>');
});

test('markup is escaped, and a carriage return is a reference, which XML readers leave as it is', () => {
  expect(toXml('P', '</P> & "a"\r\n‹é›')).toBe('<P>&lt;/P&gt; &amp; &quot;a&quot;&#xD;\n‹é›</P>');
});
