export interface Suggestion {
  /** What stands in the field once it is chosen. */
  line: string;
  means: string;
}

const SUGGESTIONS: readonly Suggestion[] = [
  { line: '/policy-guard list', means: 'the restricted actions' },
  { line: '/policy-guard check s3:Delete*', means: 'would it be caught? Also takes a pasted policy' },
  { line: '/policy-guard pending', means: 'what waits for a decision' },
  { line: '/policy-guard show ', means: 'one request, by its id' },
  { line: '/policy-guard history', means: 'the latest decisions' },
  { line: '/policy-guard doctor', means: 'whether everything works' },
  { line: '/policy-guard help', means: 'all commands' },
];

/** The commands that begin with what has been typed; none before the slash, or once the line is complete. */
export function suggestionsFor(typed: string): readonly Suggestion[] {
  if (!typed.startsWith('/')) return [];
  return SUGGESTIONS.filter(({ line }) => line.startsWith(typed) && line !== typed);
}
