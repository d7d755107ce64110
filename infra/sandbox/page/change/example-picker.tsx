import { EXAMPLES, type Example } from './examples.ts';

/** Examples to start from: one click fills the form, nothing is sent yet. */
export function ExamplePicker({ onPick }: { onPick(example: Example): void }) {
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
