import type { SandboxState } from '../api/contract.ts';
import { cliCommand } from './change/cli-command.ts';
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
      <Command state={state} />
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

function Command({ state }: { state: SandboxState }) {
  const command = cliCommand(state);
  return (
    <div className="command wide-only">
      <p>
        Make a change below, or with the AWS CLI in the project’s folder, with the keys of the{' '}
        {state.callers[0]?.label}:
      </p>
      <div className="command-text">
        <code>{command}</code>
        <CopyButton text={command} what="the command" />
      </div>
    </div>
  );
}
