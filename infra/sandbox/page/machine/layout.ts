import { Graph, layout } from '@dagrejs/dagre';
import type { Machine, MachineEdge, MachineNode } from './definition.ts';

export interface Point {
  x: number;
  y: number;
}

export interface PlacedNode extends MachineNode, Point {
  width: number;
  height: number;
}

export interface PlacedEdge extends MachineEdge {
  points: Point[];
  labelAt?: Point;
}

export interface Drawing {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

/** Sizes in the units of the drawing; a character of the label font is about 7.2 wide. */
const CHARACTER = 7.2;
const NODE_HEIGHT = 30;
const MARGIN = 12;

/** Places the states from top to bottom. */
export function layOutMachine(machine: Machine): Drawing {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 16, ranksep: 22, edgesep: 8, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of machine.nodes) {
    graph.setNode(node.name, { width: node.name.length * CHARACTER + 36, height: NODE_HEIGHT });
  }
  for (const edge of machine.edges) graph.setEdge(edge.from, edge.to, labelSize(edge));
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    nodes: machine.nodes.map((node) => ({ ...node, ...placeOf(graph, node.name) })),
    edges: machine.edges.map((edge) => ({ ...edge, ...routeOf(graph, edge) })),
  };
}

/** Going wrong is drawn without words: its many edges all say the same. */
function isLabelled(edge: MachineEdge): boolean {
  return edge.label !== undefined && edge.label !== 'error';
}

function labelSize(edge: MachineEdge): object {
  const weight = edge.kind === 'next' ? 4 : 1;
  return isLabelled(edge)
    ? { weight, width: (edge.label?.length ?? 0) * 6, height: 10, labelpos: 'c' }
    : { weight };
}

function placeOf(graph: Graph, name: string): Pick<PlacedNode, 'x' | 'y' | 'width' | 'height'> {
  const { x, y, width, height } = graph.node(name) as PlacedNode;
  return { x, y, width, height };
}

function routeOf(graph: Graph, edge: MachineEdge): Pick<PlacedEdge, 'points' | 'labelAt'> {
  const { points, x, y } = graph.edge(edge.from, edge.to) as { points: Point[] } & Partial<Point>;
  return { points, labelAt: isLabelled(edge) && x !== undefined && y !== undefined ? { x, y } : undefined };
}
