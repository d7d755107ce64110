/**
 * Percent-encoding of RFC 3986, as IAM encodes the documents it answers with and as signatures need it:
 * `encodeURIComponent` leaves five more characters as they are.
 */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
