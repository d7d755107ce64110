import { useLayoutEffect, useRef, useState } from 'react';
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
  const { ref, clicked } = useFocusStays(message);
  const surface = createSurface(state, {
    onClick: (click) => {
      clicked();
      slack.click(user, message.channel, message.ts, { ...click, ...inputs });
    },
    pendingActionId: slack.pending?.place === message.ts ? slack.pending.actionId : null,
  });
  const warning = slack.warnings[message.ts];
  return (
    <SurfaceContext value={surface}>
      {message.blocks.length > 0 ? (
        <div ref={ref} className="blocks">
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

/** Whoever has clicked and whose button is gone by what came of it goes on from this message, not from the top. */
function useFocusStays(message: SlackMessageState) {
  const ref = useRef<HTMLDivElement>(null);
  const wasClicked = useRef(false);
  const content = JSON.stringify(message.blocks);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the message has changed
  useLayoutEffect(() => {
    if (wasClicked.current && document.activeElement === document.body)
      ref.current?.closest('article')?.focus();
  }, [content]);
  return {
    ref,
    clicked: () => {
      wasClicked.current = true;
    },
  };
}
