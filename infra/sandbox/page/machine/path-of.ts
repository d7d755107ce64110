import type { Point } from './layout.ts';

/** An SVG path through the points with rounded bends: curves through the middles of the segments. */
export function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const commands = [`M${at(first)}`];
  rest.slice(0, -1).forEach((point, index) => {
    const next = rest[index + 1] as Point;
    const last = index === rest.length - 2;
    commands.push(`Q${at(point)} ${at(last ? next : middle(point, next))}`);
  });
  if (rest.length === 1) commands.push(`L${at(rest[0] as Point)}`);
  return commands.join('');
}

const at = ({ x, y }: Point): string => `${x.toFixed(1)},${y.toFixed(1)}`;
const middle = (one: Point, other: Point): Point => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
