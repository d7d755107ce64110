import type { PlacedNode } from './layout.ts';
import type { Mark } from './trace.ts';

export function NodeView({ node, mark, visits }: { node: PlacedNode; mark: Mark; visits: number }) {
  const { x, y, width, height, name, kind, comment } = node;
  return (
    <g className={`node ${kind} ${mark}`} transform={`translate(${x - width / 2},${y - height / 2})`}>
      {comment && <title>{comment}</title>}
      <rect width={width} height={height} rx={kind === 'choice' ? height / 2 : 7} />
      <text x={width / 2} y={height / 2 + 4.5} textAnchor="middle">
        {mark === 'passed' ? '✓ ' : ''}
        {name}
      </text>
      {visits > 1 && (
        <text className="visits" x={width + 4} y={height / 2 + 4}>
          ×{visits}
        </text>
      )}
    </g>
  );
}
