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
          <strong>Somebody writes a policy</strong> that grants a restricted action, here{' '}
          <RestrictedActions actions={state.settings.restrictedActions} />. It is in force at once, as on AWS.
        </li>
        <li>
          <strong>The guard takes it out of force</strong> as soon as CloudTrail reports it. Nothing is lost:
          the document waits beside a placeholder that grants nothing.
        </li>
        <li>
          <strong>The channel decides.</strong> Approve puts the very same document back in force, Deny makes
          its removal final.
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
    <div className="command">
      <p>
        Make a change with the button above, or with the AWS CLI (<code>npm start</code> printed the keys to
        export):
      </p>
      <div className="command-text">
        <code>{command}</code>
        <CopyButton text={command} what="the command" />
      </div>
    </div>
  );
}
