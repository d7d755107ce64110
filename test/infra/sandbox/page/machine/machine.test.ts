import { describe, expect, test } from 'vitest';
import { readMachine } from '../../../../../infra/sandbox/page/machine/definition.ts';
import { layOutMachine } from '../../../../../infra/sandbox/page/machine/layout.ts';
import { pathOf } from '../../../../../infra/sandbox/page/machine/path-of.ts';
import { traceOf } from '../../../../../infra/sandbox/page/machine/trace.ts';
import asl from '../../../../../workflow/state-machine.asl.json' with { type: 'json' };

const machine = readMachine(asl);

describe('the deployed state machine as nodes and edges', () => {
  test('has every state', () => {
    expect(machine.nodes.map(({ name }) => name)).toEqual(Object.keys(asl.States));
  });

  test('leads from every state that does not end it to a state that there is', () => {
    const names = new Set(machine.nodes.map(({ name }) => name));
    const left = new Set(machine.edges.map(({ from }) => from));
    expect(machine.edges.every(({ to }) => names.has(to))).toBe(true);
    expect([...names].filter((name) => !left.has(name)).sort()).toEqual([
      'Allowed',
      'Duplicate',
      'Ended',
      'Failed',
      'LeftToPeople',
      'NothingToDo',
      'Overtaken',
      'OwnChange',
      'OwnChangeAfterAll',
      'Refused',
      'Unfinished',
      'Untold',
    ]);
  });

  test('marks the states that wait for a person, and tells errors that are answers from faults', () => {
    expect(machine.nodes.filter(({ kind }) => kind === 'wait').map(({ name }) => name)).toEqual([
      'RequestApproval',
      'Remind',
    ]);
    expect(machine.edges).toContainEqual({
      from: 'RequestApproval',
      to: 'Discard',
      kind: 'catch',
      label: 'denied',
    });
  });
});

test('no two states lie on each other', () => {
  const { nodes } = layOutMachine(machine);
  for (const one of nodes) {
    for (const other of nodes) {
      if (one === other) continue;
      const apart =
        Math.abs(one.x - other.x) >= (one.width + other.width) / 2 ||
        Math.abs(one.y - other.y) >= (one.height + other.height) / 2;
      expect(apart, `${one.name} and ${other.name}`).toBe(true);
    }
  }
});

describe('the trace of an execution', () => {
  const path = ['Inspect', 'Judge', 'Quarantine', 'Remind', 'ExpireOrRemind', 'Remind'];

  test('lights the state it is in and marks those it has passed', () => {
    const trace = traceOf({ path, currentState: 'Remind', status: 'RUNNING' });
    expect(trace.markOf('Remind')).toBe('current');
    expect(trace.markOf('Judge')).toBe('passed');
    expect(trace.markOf('Restore')).toBe('untouched');
    expect(trace.visitsOf('Remind')).toBe(2);
  });

  test('knows which edges were taken, and in which direction', () => {
    const trace = traceOf({ path, currentState: 'Remind', status: 'RUNNING' });
    expect(trace.wasTaken('Inspect', 'Judge')).toBe(true);
    expect(trace.wasTaken('Judge', 'Inspect')).toBe(false);
    expect(trace.wasTaken('Remind', 'Quarantine')).toBe(false);
  });

  test('marks where it ended', () => {
    expect(traceOf({ path, currentState: 'Remind', status: 'SUCCEEDED' }).markOf('Remind')).toBe('ended');
  });
});

test('a way through points begins at the first and ends at the last', () => {
  const points = [0, 10, 20, 30].map((x) => ({ x, y: 0 }));
  expect(pathOf(points)).toBe('M0.0,0.0Q10.0,0.0 15.0,0.0Q20.0,0.0 30.0,0.0');
  expect(pathOf(points.slice(0, 2))).toBe('M0.0,0.0L10.0,0.0');
});
