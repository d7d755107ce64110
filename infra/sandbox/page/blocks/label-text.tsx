/** The label of an input, with Slack's remark where it may stay empty. */
export function LabelText({ label, required }: { label: string; required: boolean }) {
  return (
    <>
      {label} {!required && <span className="optional">(optional)</span>}
    </>
  );
}
