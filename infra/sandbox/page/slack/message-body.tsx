import { useState } from 'react';
import type { SandboxState, SlackMessageState } from '../../api/contract.ts';
import type { Blocks } from '../../slack/block-ids.ts';
import { stateValues, type Values } from '../../slack/state-values.ts';
import { SurfaceContext } from '../blocks/surface.ts';
import { Text } from '../blocks/text.tsx';
import type { Block } from '../blocks/types.ts';
import { createSurface } from './create-surface.ts';
import type { Permalink } from './permalink.ts';
import type { Slack } from './use-slack.ts';
import { ViewBlocks } from './view-blocks.tsx';

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
  const [touched, setTouched] = useState<Values>({});
  const values = stateValues(message.blocks as unknown as Blocks, touched);
  const inputs = Object.keys(values).length > 0 && { values };
  const surface = createSurface(state, {
    onClick: (click) => slack.click(user, message.channel, message.ts, { ...click, ...inputs }),
    pendingActionId: slack.pending?.place === message.ts ? slack.pending.actionId : null,
  });
  const warning = slack.warnings[message.ts];
  return (
    <SurfaceContext value={surface}>
      {message.blocks.length > 0 ? (
        <div className="blocks">
          <ViewBlocks
            viewId={message.ts}
            blocks={message.blocks as unknown as Block[]}
            values={values}
            errors={{}}
            onValues={setTouched}
          />
        </div>
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
