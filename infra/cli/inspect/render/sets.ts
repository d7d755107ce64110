import { namedSets } from '../../../../workflow/inspection/restricted-actions/named-set.ts';

/** The named sets as text: every action with why it is dangerous and where that is from. */
export function setsAsText(): string {
  return namedSets
    .map(({ name, about, sources, actions }) => {
      const width = Math.max(...actions.map(({ pattern }) => pattern.length));
      const lines = actions.map(
        ({ pattern, why, source }) => `  ${pattern.padEnd(width)}  ${why} [${source}]`,
      );
      const from = Object.entries(sources).map(([key, source]) => `  [${key}] ${source}`);
      return [`${name}: ${about}`, '', ...lines, '', ...from, ''].join('\n');
    })
    .join('\n');
}
