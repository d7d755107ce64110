import { type FormEvent, useState } from 'react';
import type { SandboxState } from '../../api/contract.ts';
import { FaultField } from '../faults/fault-field.tsx';
import { CallerField } from './caller-field.tsx';
import { ChangeAnswer } from './change-answer.tsx';
import { EXAMPLES, type Example } from './examples.ts';
import { FieldView } from './field-view.tsx';
import { KINDS, kindOf } from './kinds.ts';
import { type AwsAnswer, makeChange } from './make-change.ts';
import { completeValues, freeName, toParameters, type Values } from './options.ts';

/** Makes an IAM change without the AWS CLI: from an example, or from what somebody pastes. */
export function ChangeForm({ state }: { state: SandboxState }) {
  const [operation, setOperation] = useState('CreatePolicy');
  const [typed, setTyped] = useState<Values>(() => valuesOf(EXAMPLES[0], state));
  const [caller, setCaller] = useState(state.callers[0]?.accessKeyId ?? '');
  const [answer, setAnswer] = useState<AwsAnswer | null>(null);
  const [busy, setBusy] = useState(false);
  const kind = kindOf(operation);
  const values = completeValues(kind, typed, state);

  const pick = (example: Example) => {
    setOperation(example.operation);
    setTyped(valuesOf(example, state));
    setAnswer(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setAnswer(await makeChange(caller, operation, toParameters(kind, values)));
    setBusy(false);
  };

  return (
    <div className="change">
      <ExamplePicker onPick={pick} />
      <form onSubmit={submit} className="change-form">
        <div className="field">
          <label htmlFor="change-kind">Kind of change</label>
          <select id="change-kind" value={operation} onChange={(event) => setOperation(event.target.value)}>
            {KINDS.map(({ operation: name, does }) => (
              <option key={name} value={name}>
                {name}: {does}
              </option>
            ))}
          </select>
        </div>
        {kind.fields.map((field) => (
          <FieldView
            key={field.parameter}
            field={field}
            values={values}
            state={state}
            onChange={(value) => setTyped({ ...values, [field.parameter]: value })}
          />
        ))}
        <CallerField callers={state.callers} caller={caller} onCaller={setCaller} />
        <FaultField name="cloudTrailDelayMs" faults={state.faults} />
        <button type="submit" className="primary" aria-busy={busy}>
          {kind.operation}
        </button>
      </form>
      <ChangeAnswer answer={answer} delayMs={state.faults.cloudTrailDelayMs} />
    </div>
  );
}

/** Examples to start from: one click fills the form, nothing is sent yet. */
function ExamplePicker({ onPick }: { onPick(example: Example): void }) {
  return (
    <section aria-labelledby="examples-title">
      <h3 id="examples-title">Start from an example, or paste a policy below</h3>
      <ul className="examples">
        {EXAMPLES.map((example) => (
          <li key={example.title}>
            <button type="button" onClick={() => onPick(example)}>
              <strong>{example.title}</strong>
              <span>{example.about}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function valuesOf(example: Example | undefined, state: SandboxState): Values {
  const values = example?.values ?? {};
  return values.PolicyName === undefined
    ? values
    : { ...values, PolicyName: freeName(values.PolicyName, state) };
}
