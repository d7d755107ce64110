import type { SandboxState } from '../api/contract.ts';
import { CopyButton } from './parts/copy-button.tsx';
import { CloseIcon } from './parts/icons.tsx';

/** What a newcomer sees here, and the command to try. */
export function Introduction({ state, onDismiss }: { state: SandboxState; onDismiss(): void }) {
  return (
    <section className="introduction" aria-labelledby="introduction-title">
      <h2 id="introduction-title">What you see here</h2>
      <button type="button" className="icon" aria-label="Dismiss the introduction" onClick={onDismiss}>
        <CloseIcon />
      </button>
      <ol>
        <li>
          <strong>A change.</strong> Somebody writes a policy that grants a restricted action, here{' '}
          <RestrictedActions actions={state.settings.restrictedActions} />.
        </li>
        <li>
          <strong>Quarantine.</strong> When CloudTrail reports it, the guard takes the grant out of force and
          keeps the document.
        </li>
        <li>
          <strong>Decision.</strong> Approve puts the very same document back in force; Deny makes its removal
          final.
        </li>
      </ol>
      <Command endpoint={state.endpoints.aws} />
    </section>
  );
}

const SHOWN_ACTIONS = 4;

function RestrictedActions({ actions }: { actions: readonly string[] }) {
  const more = actions.length - SHOWN_ACTIONS;
  return (
    <>
      {actions.slice(0, SHOWN_ACTIONS).map((action, index) => (
        <span key={action}>
          {index > 0 && ', '}
          <code>{action}</code>
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </>
  );
}

function Command({ endpoint }: { endpoint: string }) {
  const command =
    `AWS_ENDPOINT_URL=${endpoint} aws iam create-policy --policy-name my-bad-policy ` +
    '--policy-document file://fixtures/policies/bad-policy.json';
  return (
    <div className="command wide-only">
      <p>
        Make a change below, or with the AWS CLI and the keys that <code>npm start</code> printed:
      </p>
      <div className="command-text">
        <code>{command}</code>
        <CopyButton text={command} what="the command" />
      </div>
    </div>
  );
}
