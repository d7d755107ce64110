import dataDestruction from './sets/data-destruction.data.json' with { type: 'json' };
import dataExposure from './sets/data-exposure.data.json' with { type: 'json' };
import detectionEvasion from './sets/detection-evasion.data.json' with { type: 'json' };
import privilegeEscalation from './sets/privilege-escalation.data.json' with { type: 'json' };
import resourcePolicy from './sets/resource-policy.data.json' with { type: 'json' };

/** One action of a named set. */
interface NamedAction {
  /** An exact action or a pattern. */
  pattern: string;
  /** One line: why it is dangerous. */
  why: string;
  /** A key of the set's `sources`. */
  source: string;
}

/** Restricted actions that belong together, kept as data so that a list can name them all at once. */
export interface NamedSet {
  /** As it is written in a list, e.g. `@data-destruction`. */
  name: string;
  /** One line: what the actions have in common. */
  about: string;
  /** Where the entries come from: title and address. */
  sources: Readonly<Record<string, string>>;
  actions: readonly NamedAction[];
}

export const namedSets: readonly NamedSet[] = [
  privilegeEscalation,
  dataDestruction,
  dataExposure,
  detectionEvasion,
  resourcePolicy,
];
