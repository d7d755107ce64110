import { BROAD, MODES, type Mode, type RestrictedAction, SEVERITIES, type Severity } from '../finding.ts';

/** What an entry of the list may say besides its action. */
export type Attributes = Pick<RestrictedAction, 'severity' | 'mode' | 'resources' | 'unless'>;

/** What an attribute may be, and how it is told; one that takes `many` values may be written several times. */
interface Kind {
  as: keyof Attributes;
  accepts(value: string): boolean;
  help: string;
  many?: true;
}

const KINDS: Readonly<Record<string, Kind>> = {
  severity: {
    as: 'severity',
    accepts: (value) => (SEVERITIES as readonly string[]).includes(value),
    help: SEVERITIES.join(', '),
  },
  mode: {
    as: 'mode',
    accepts: (value) => (MODES as readonly string[]).includes(value),
    help: MODES.join(', '),
  },
  resource: {
    as: 'resources',
    accepts: (value) => value === BROAD || /^arn:[^\s$]+$/.test(value),
    help: `${BROAD} or a pattern of ARNs such as arn:aws:s3:::prod-*`,
    many: true,
  },
  unless: {
    as: 'unless',
    accepts: (value) => /^[a-z0-9-]+:\S+$/i.test(value),
    help: 'a condition key such as aws:ResourceTag/team',
    many: true,
  },
};

const NAMES = Object.keys(KINDS).map((name) => `${name}=…`);

/**
 * Reads `severity=critical mode=observe resource=arn:aws:s3:::prod-* unless=aws:ResourceTag/team`.
 *
 * @param words as they are written after an entry
 * @returns what is wrong with the first word that can't be used, as the end of a sentence
 */
export function readAttributes(words: readonly string[]): { attributes: Attributes } | { problem: string } {
  const attributes: Record<string, string | string[]> = {};
  for (const word of words) {
    const [name = '', value = ''] = word.split(/=(.*)/s);
    const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    if (kind === undefined) {
      const known = `there are ${NAMES.slice(0, -1).join(', ')} and ${NAMES.at(-1)}`;
      const problem = `${known}; commas or new lines separate entries`;
      return { problem: `has the unknown attribute ${JSON.stringify(word)}; ${problem}` };
    }
    const earlier = attributes[kind.as];
    if (earlier !== undefined && !kind.many) return { problem: `has ${name} twice` };
    if (!kind.accepts(value)) {
      return { problem: `has the unknown ${name} ${JSON.stringify(value)}; it may be ${kind.help}` };
    }
    attributes[kind.as] = kind.many ? [...new Set([...(earlier ?? []), value])] : value;
  }
  return { attributes: attributes as Attributes };
}

/**
 * What holds for an action that two entries list. No mode means MODE, which may be enforce: that is stricter than
 * observe, and no stricter than enforce. An entry that counts on more is the stricter one.
 */
export function stricter(one: Attributes, other: Attributes): Attributes {
  const severity = SEVERITIES.find((each: Severity) => each === one.severity || each === other.severity);
  const mode = one.mode === 'enforce' || one.mode === other.mode ? one.mode : enforced(other.mode);
  const resources = one.resources && other.resources && [...new Set([...one.resources, ...other.resources])];
  const unless = one.unless?.filter((key) => other.unless?.includes(key));
  return {
    ...(severity && { severity }),
    ...(mode && { mode }),
    ...(resources && { resources }),
    ...(unless && unless.length > 0 && { unless }),
  };
}

function enforced(mode: Mode | undefined): Mode | undefined {
  return mode === 'enforce' ? mode : undefined;
}
