import { useEffect, useRef } from 'react';
import type { ExecutionState } from '../../api/contract.ts';
import { EdgeView } from './edge-view.tsx';
import { drawing } from './machine.ts';
import { NodeView } from './node-view.tsx';
import { traceOf } from './trace.ts';

/** The state machine with the way of one execution through it. The path list beside it says the same in words. */
export function MachineDrawing({ execution }: { execution: ExecutionState }) {
  const trace = traceOf(execution);
  const { width, height, nodes, edges } = drawing;
  // Edges that were taken are drawn last, so that they lie on top.
  const taken = edges.filter(({ from, to }) => trace.wasTaken(from, to));
  const others = edges.filter((edge) => !taken.includes(edge));
  const ref = useScrollTo(execution.currentState);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={ref} className="machine" aria-label="State machine" tabIndex={0}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={`State machine; ${describe(execution)}`}
      >
        {others.map((edge) => (
          <EdgeView key={`${edge.from}→${edge.to}`} edge={edge} taken={false} />
        ))}
        {taken.map((edge) => (
          <EdgeView key={`${edge.from}→${edge.to}`} edge={edge} taken />
        ))}
        {nodes.map((node) => (
          <NodeView
            key={node.name}
            node={node}
            mark={trace.markOf(node.name)}
            visits={trace.visitsOf(node.name)}
          />
        ))}
      </svg>
    </section>
  );
}

function describe({ status, currentState, outcome }: ExecutionState): string {
  if (status === 'RUNNING') return `now in ${currentState}`;
  return `ended in ${currentState}${outcome ? `: ${outcome}` : ''}`;
}

/** On a small screen the drawing is wider than its frame: keeps the state that an execution is in in sight. */
function useScrollTo(state: string | null) {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const node = drawing.nodes.find(({ name }) => name === state);
    const frame = ref.current;
    if (!node || !frame) return;
    // The frame has no width until its panel is shown.
    const observer = new ResizeObserver(() => {
      frame.scrollLeft = (node.x / drawing.width) * frame.scrollWidth - frame.clientWidth / 2;
    });
    observer.observe(frame);
    return () => observer.disconnect();
  }, [state]);
  return ref;
}
