import { describe, expect, test } from 'vitest';
import { isSignedWith, readSignature } from '../../../../../infra/sandbox/aws/front-door/signature.ts';

/**
 * The example of AWS's documentation of Signature Version 4.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 */
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7';
const REQUEST = {
  method: 'GET',
  url: '/?Action=ListUsers&Version=2010-05-08',
  headers: {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    host: 'iam.amazonaws.com',
    'x-amz-date': '20150830T123600Z',
  },
  body: Buffer.alloc(0),
};

describe('a signature', () => {
  const signature = readSignature(AUTHORIZATION);
  if (signature === null) throw new Error('The example was not understood.');

  test('says who signed for which service', () => {
    expect(signature).toMatchObject({ accessKeyId: 'AKIDEXAMPLE', region: 'us-east-1', service: 'iam' });
  });

  test('holds for the request that was signed', () => {
    expect(isSignedWith(SECRET, signature, REQUEST)).toBe(true);
  });

  test.each([
    ['another secret', `${SECRET}x`, REQUEST],
    ['another body', SECRET, { ...REQUEST, body: Buffer.from('x') }],
    ['another address', SECRET, { ...REQUEST, url: '/?Action=DeleteUser&Version=2010-05-08' }],
    ['another method', SECRET, { ...REQUEST, method: 'POST' }],
    [
      'another time',
      SECRET,
      { ...REQUEST, headers: { ...REQUEST.headers, 'x-amz-date': '20150830T123601Z' } },
    ],
  ])('does not hold for %s', (_, secret, request) => {
    expect(isSignedWith(secret, signature, request)).toBe(false);
  });

  test.each([
    '',
    'Bearer abc',
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam, SignedHeaders=host, Signature=00',
  ])('is not seen in %j', (authorization) => {
    expect(readSignature(authorization)).toBeNull();
  });
});
