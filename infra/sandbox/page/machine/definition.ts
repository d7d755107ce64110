/** The parts of an Amazon States Language definition that the drawing needs. */
interface AslState {
  Type: string;
  Comment?: string;
  Resource?: string;
  Next?: string;
  Default?: string;
  Choices?: AslChoice[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
}

interface AslCondition {
  StringEquals?: string;
  Variable?: string;
}

interface AslChoice extends AslCondition {
  Next: string;
  And?: AslCondition[];
}

interface AslDefinition {
  StartAt: string;
  States: Record<string, AslState>;
}

export interface MachineNode {
  name: string;
  /** `wait` stands for a task that waits for a callback. */
  kind: 'task' | 'wait' | 'choice' | 'end' | 'fail';
  comment?: string;
}

export interface MachineEdge {
  from: string;
  to: string;
  /** `catch` edges are taken on an error, some of which are answers (denied, time-out). */
  kind: 'next' | 'catch';
  label?: string;
}

export interface Machine {
  nodes: MachineNode[];
  edges: MachineEdge[];
}

/** The state machine as nodes and edges; two ways between the same states become one edge with both labels. */
export function readMachine({ States }: AslDefinition): Machine {
  const states = Object.entries(States);
  return {
    nodes: states.map(([name, state]) => ({ name, kind: kindOf(state), comment: state.Comment })),
    edges: mergeEdges(states.flatMap(([name, state]) => edgesOf(name, state))),
  };
}

/** The states of a path and the ways between them, without what the path leaves aside. */
export function wayOf({ nodes, edges }: Machine, path: readonly string[]): Machine {
  const taken = new Set(path.slice(1).map((state, index) => `${path[index]}→${state}`));
  return {
    nodes: nodes.filter(({ name }) => path.includes(name)),
    edges: edges.filter(({ from, to }) => taken.has(`${from}→${to}`)),
  };
}

function kindOf(state: AslState): MachineNode['kind'] {
  if (state.Type === 'Choice') return 'choice';
  if (state.Type === 'Fail') return 'fail';
  if (state.Resource?.endsWith('.waitForTaskToken')) return 'wait';
  return state.Next === undefined ? 'end' : 'task';
}

function edgesOf(from: string, state: AslState): MachineEdge[] {
  const edges: MachineEdge[] = [];
  for (const choice of state.Choices ?? []) {
    edges.push({ from, to: choice.Next, kind: 'next', label: conditionOf(choice) });
  }
  if (state.Default) edges.push({ from, to: state.Default, kind: 'next', label: 'otherwise' });
  if (state.Next) edges.push({ from, to: state.Next, kind: 'next' });
  for (const { ErrorEquals, Next } of state.Catch ?? []) {
    edges.push({ from, to: Next, kind: 'catch', label: ErrorEquals.map(errorWord).join(', ') });
  }
  return edges;
}

function conditionOf(choice: AslChoice): string | undefined {
  const [first, ...more] = choice.And ?? [choice];
  return more.length > 0 ? `${first?.StringEquals}, to be told` : first?.StringEquals;
}

const ERROR_WORDS: Readonly<Record<string, string>> = {
  'States.ALL': 'error',
  'States.Timeout': 'time-out',
  'PolicyGuard.Denied': 'denied',
  'PolicyGuard.AlreadyDecided': 'decided already',
};

function errorWord(name: string): string {
  return ERROR_WORDS[name] ?? name;
}

function mergeEdges(edges: readonly MachineEdge[]): MachineEdge[] {
  const merged = new Map<string, MachineEdge>();
  for (const edge of edges) {
    const key = `${edge.from}→${edge.to}`;
    const known = merged.get(key);
    if (!known) merged.set(key, edge);
    else if (edge.kind === 'next') merged.set(key, { ...known, kind: 'next' });
  }
  return [...merged.values()];
}
