import type { PlacedEdge } from './layout.ts';
import { pathOf } from './path-of.ts';

export function EdgeView({ edge, taken }: { edge: PlacedEdge; taken: boolean }) {
  const end = edge.points.at(-1);
  const before = edge.points.at(-2);
  const angle = end && before ? (Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI : 0;
  return (
    <g className={`edge ${edge.kind} ${taken ? 'taken' : ''}`}>
      <path className="edge-line" d={pathOf(edge.points)} />
      {end && (
        <path
          className="edge-head"
          d="M0,0 -7,-3.5 -7,3.5z"
          transform={`translate(${end.x},${end.y}) rotate(${angle})`}
        />
      )}
      {edge.labelAt && (
        <text className="edge-label" x={edge.labelAt.x} y={edge.labelAt.y + 4} textAnchor="middle">
          {edge.label}
        </text>
      )}
    </g>
  );
}
