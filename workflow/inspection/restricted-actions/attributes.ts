import type { Mode, Severity } from '../finding.ts';
import { MODES, SEVERITIES } from '../finding.ts';

/** What an entry of the list may say besides its action. */
export interface Attributes {
  severity?: Severity;
  mode?: Mode;
}

const VALUES: Readonly<Record<keyof Attributes, readonly string[]>> = { severity: SEVERITIES, mode: MODES };

/**
 * Reads `severity=critical mode=observe`.
 *
 * @param words as they are written after an entry
 * @returns what is wrong with the first word that can't be used, as the end of a sentence
 */
export function readAttributes(words: readonly string[]): { attributes: Attributes } | { problem: string } {
  const attributes = new Map<string, string>();
  for (const word of words) {
    const [name = '', value = ''] = word.split(/=(.*)/s);
    if (!isName(name)) {
      const known = 'there are severity=… and mode=…; commas or new lines separate entries';
      return { problem: `has the unknown attribute ${JSON.stringify(word)}; ${known}` };
    }
    if (attributes.has(name)) return { problem: `has ${name} twice` };
    if (!VALUES[name].includes(value)) {
      return {
        problem: `has the unknown ${name} ${JSON.stringify(value)}; it may be ${VALUES[name].join(', ')}`,
      };
    }
    attributes.set(name, value);
  }
  return { attributes: Object.fromEntries(attributes) };
}

function isName(text: string): text is keyof Attributes {
  return Object.hasOwn(VALUES, text);
}

/**
 * What holds for an action that two entries list. No mode means MODE, which may be enforce: that is stricter than
 * observe, and no stricter than enforce.
 */
export function stricter(one: Attributes, other: Attributes): Attributes {
  const severity = SEVERITIES.find((each) => each === one.severity || each === other.severity);
  const mode = one.mode === 'enforce' || one.mode === other.mode ? one.mode : enforced(other.mode);
  return { ...(severity && { severity }), ...(mode && { mode }) };
}

function enforced(mode: Mode | undefined): Mode | undefined {
  return mode === 'enforce' ? mode : undefined;
}
