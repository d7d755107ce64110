import { useEffect, useMemo, useRef, useState } from 'react';
import type { ExecutionState } from '../../api/contract.ts';
import { wayOf } from './definition.ts';
import { EdgeView } from './edge-view.tsx';
import { type Drawing, layOutMachine } from './layout.ts';
import { machine, drawing as whole } from './machine.ts';
import { NodeView } from './node-view.tsx';
import { traceOf } from './trace.ts';

/** The way of an execution through the state machine, or all of that with the way in it. The course says it in words. */
export function MachineDrawing({ execution }: { execution: ExecutionState }) {
  const [all, setAll] = useState(false);
  const way = execution.path.join(' ');
  const drawing = useMemo(() => (all ? whole : layOutMachine(wayOf(machine, way.split(' ')))), [all, way]);
  return (
    <>
      <button type="button" className="quiet small" aria-pressed={all} onClick={() => setAll(!all)}>
        Whole state machine
      </button>
      <Drawn execution={execution} drawing={drawing} />
    </>
  );
}

function Drawn({ execution, drawing }: { execution: ExecutionState; drawing: Drawing }) {
  const trace = traceOf(execution);
  const { width, height, nodes, edges } = drawing;
  // Edges that were taken are drawn last, so that they lie on top.
  const taken = edges.filter(({ from, to }) => trace.wasTaken(from, to));
  const others = edges.filter((edge) => !taken.includes(edge));
  const ref = useScrollTo(execution.currentState, drawing);
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

/** The drawing may be larger than its frame: keeps the state that an execution is in in sight. */
function useScrollTo(state: string | null, drawing: Drawing) {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const node = drawing.nodes.find(({ name }) => name === state);
    const frame = ref.current;
    if (!node || !frame) return;
    // The frame has no width until its panel is shown.
    const observer = new ResizeObserver(() => {
      frame.scrollLeft = (node.x / drawing.width) * frame.scrollWidth - frame.clientWidth / 2;
      frame.scrollTop = (node.y / drawing.height) * frame.scrollHeight - frame.clientHeight / 2;
    });
    observer.observe(frame);
    return () => observer.disconnect();
  }, [state, drawing]);
  return ref;
}
