import type { SandboxState, SlackMessageState } from '../../api/contract.ts';
import { Blocks } from '../blocks/block-view.tsx';
import { SurfaceContext } from '../blocks/surface.ts';
import { Text } from '../blocks/text.tsx';
import type { Block } from '../blocks/types.ts';
import { createSurface } from './create-surface.ts';
import type { Permalink } from './permalink.ts';
import type { Slack } from './use-slack.ts';

export interface MessageProps {
  message: SlackMessageState;
  state: SandboxState;
  user: string;
  slack: Slack;
  /** The message that a link has led to. */
  target: Permalink | null;
}

/** What a message says: its blocks, or its text when it has none; and what Slack warns of beside it. */
export function MessageBody({ message, state, user, slack }: MessageProps) {
  const surface = createSurface(state, {
    onClick: (click) => slack.click(user, message.channel, message.ts, click),
    pendingActionId: slack.pending?.place === message.ts ? slack.pending.actionId : null,
  });
  const warning = slack.warnings[message.ts];
  return (
    <SurfaceContext value={surface}>
      {message.blocks.length > 0 ? (
        <Blocks blocks={message.blocks as unknown as Block[]} />
      ) : (
        <div className="blocks">
          <Text text={{ type: 'mrkdwn', text: message.text }} />
        </div>
      )}
      {message.edited && <span className="edited">(edited)</span>}
      <p className="slack-warning" role="alert">
        {warning}
      </p>
    </SurfaceContext>
  );
}
