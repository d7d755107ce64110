/**
 * Encodes an output of the AWS query protocol: lists as `<member>`, a Map as `<entry><key/><value/></entry>`, dates as
 * ISO 8601 without fractions of a second; what is undefined is left out, an empty list stays as an empty element.
 */
export function toXml(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  return `<${name}>${content(value)}</${name}>`;
}

/** The members of an object, each as an element, without one around them. */
export function membersToXml(value: object): string {
  return Object.entries(value)
    .map(([name, member]) => toXml(name, member))
    .join('');
}

function content(value: unknown): string {
  if (Array.isArray(value)) return value.map((member) => toXml('member', member)).join('');
  if (value instanceof Map) {
    return [...value].map(([key, member]) => toXml('entry', { key, value: member })).join('');
  }
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, 'Z');
  if (typeof value === 'object' && value !== null) return membersToXml(value);
  return escapeXml(String(value));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A carriage return is written as a reference: XML readers turn a literal one into a line feed. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? '&#xD;');
}
