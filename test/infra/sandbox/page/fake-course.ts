import type {
  CourseState,
  ExchangeState,
  StepState,
  TryState,
} from '../../../../infra/sandbox/api/contract.ts';

const at = (ms: number) => new Date(Date.UTC(2026, 2, 1, 12) + ms).toISOString();

/** An execution whose quarantine was tried twice, and that waits for a decision. */
export function aCourse(name: string): CourseState {
  const failed = aTry({ endedAt: at(90), error: { name: 'Throttling', cause: 'Rate exceeded' } });
  const worked = aTry({ startedAt: at(1090), endedAt: at(1200), answer: '{"Payload":{"quarantined":true}}' });
  const asked = aTry({
    startedAt: at(1210),
    given: '{"FunctionName":"notify","Payload":{"taskToken":"***"}}',
    submitted: { at: at(1400), answer: '{"Payload":null}' },
  });
  const output = '{"quarantined":true}';
  return {
    name,
    steps: [
      aStep({ name: 'Judge', type: 'Choice', leftAt: at(0), output: '{"restricted":true}' }),
      aStep({ name: 'Quarantine', leftAt: at(1200), output, tries: [failed, worked] }),
      aStep({ name: 'RequestApproval', enteredAt: at(1200), input: output, tries: [asked] }),
    ],
  };
}

function aStep(overrides: Partial<StepState>): StepState {
  return {
    ...{ name: '', type: 'Task', enteredAt: at(0), leftAt: null, input: '{"restricted":true}', output: null },
    tries: [],
    ...overrides,
  };
}

function aTry(overrides: Partial<TryState>): TryState {
  return {
    ...{ startedAt: at(0), endedAt: null, given: '{"FunctionName":"contain","Payload":{}}' },
    ...{ submitted: null, answer: null, error: null },
    ...overrides,
  };
}

export function anExchange(): ExchangeState {
  return {
    ...{
      id: 1,
      at: at(0),
      from: 'guard',
      what: 'chat.postMessage',
      status: 200,
      error: 'ratelimited',
      tookMs: 12,
    },
    ...{ method: 'POST', path: '/slack.com/api/chat.postMessage', body: 'channel=C1&text=two%20words' },
    headers: { authorization: '***', 'content-type': 'application/x-www-form-urlencoded' },
    answer: { headers: { 'content-type': 'application/json' }, body: '{"ok":false,"error":"ratelimited"}' },
  };
}
