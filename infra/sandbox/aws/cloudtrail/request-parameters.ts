import { lowerFirst } from '../front-door/parameters.ts';

/** CloudTrail leaves out request parameters of more than 100 KB. */
const LARGEST = 100 * 1024;

/** Parameters that are no text; the query protocol sends them as text all the same. */
const TYPED: Record<string, (text: string) => unknown> = {
  SetAsDefault: (text) => text === 'true',
  MaxSessionDuration: Number,
};

/** What CloudTrail says of a call's input: names in camel case, and a notice instead of what is too large. */
export function requestParametersOf(input: Record<string, unknown>): Record<string, unknown> {
  const parameters = Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const read = TYPED[name];
      return [lowerFirst(name), read && typeof value === 'string' ? read(value) : camelCased(value)];
    }),
  );
  const size = Buffer.byteLength(JSON.stringify(parameters));
  if (size <= LARGEST) return parameters;
  return { reason: 'requestParameters too large', omitted: 'true', originalSize: String(size) };
}

function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [lowerFirst(name), camelCased(member)]),
  );
}
