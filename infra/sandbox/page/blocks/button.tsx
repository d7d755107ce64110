import { ExternalLink } from '../parts/external-link.tsx';
import { useSurface } from './surface.ts';
import type { Button } from './types.ts';
import { useConfirmed } from './use-confirmed.tsx';

/** A Block Kit button; one with an address is a link that also tells the app of the click, as in Slack. */
export function ButtonView({ button, blockId }: { button: Button; blockId?: string }) {
  const { onClick, pendingActionId } = useSurface();
  const { run, dialog } = useConfirmed(button.confirm);
  const click = () => onClick({ actionId: button.action_id ?? '', blockId, value: button.value });
  const className = `slack-button ${button.style ?? ''}`;
  if (button.url !== undefined) {
    return (
      <ExternalLink className={className} href={button.url} onClick={click}>
        {button.text.text}
      </ExternalLink>
    );
  }
  // Not disabled while a click is under way: Slack lets people click again, and one decision must come of it.
  return (
    <>
      <button
        type="button"
        className={className}
        aria-haspopup={button.confirm && 'dialog'}
        aria-busy={pendingActionId === button.action_id}
        onClick={() => run(click)}
      >
        {button.text.text}
      </button>
      {dialog}
    </>
  );
}
