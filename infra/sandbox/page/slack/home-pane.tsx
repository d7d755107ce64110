import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { SandboxState, ViewState } from '../../api/contract.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { SurfaceContext } from '../blocks/surface.ts';
import type { Block } from '../blocks/types.ts';
import { createViewSurface } from './create-surface.ts';
import { homePlace, type Slack } from './use-slack.ts';
import { useUpdateAnnouncement } from './use-view-update.ts';

interface HomeProps {
  state: SandboxState;
  user: string;
  slack: Slack;
}

/** App Home: opened whenever somebody goes there, and shown as it was published last. */
export function HomePane({ selected, ...props }: HomeProps & { selected: boolean }) {
  const { state, user, slack } = props;
  const { opening, open } = useOpening(selected, () => slack.openHome(user));
  const home = state.slack.homes.find((published) => published.user === user) ?? slack.homes[user];
  return (
    <div className="home">
      <p className="home-progress" role="status" aria-busy={opening}>
        {opening && 'Opening App Home…'}
      </p>
      {!opening && <HomeProblem warning={slack.warnings[homePlace(user)]} home={home} onAgain={open} />}
      {home && <PublishedHome home={home} {...props} />}
    </div>
  );
}

/** Opens on every visit. */
function useOpening(selected: boolean, openHome: () => Promise<void>): { opening: boolean; open(): void } {
  const [opening, setOpening] = useState(selected);
  const open = async () => {
    setOpening(true);
    await openHome();
    setOpening(false);
  };
  const visit = useEffectEvent(open);
  useEffect(() => {
    if (selected) visit();
  }, [selected]);
  return { opening, open };
}

function HomeProblem({
  warning,
  home,
  onAgain,
}: {
  warning: string | undefined;
  home: ViewState | undefined;
  onAgain(): void;
}) {
  if (warning === undefined && home) return null;
  return (
    <div className="home-problem" role="alert">
      <p className="slack-warning">{warning ?? 'Policy Guard has not published a Home for this person.'}</p>
      {home && <p className="hint">Below is what was published last.</p>}
      <button type="button" onClick={onAgain}>
        Open again
      </button>
    </div>
  );
}

function PublishedHome({ home, state, slack }: HomeProps & { home: ViewState }) {
  const container = useRef<HTMLDivElement>(null);
  const blocks = home.view.blocks as Block[];
  const announcement = useUpdateAnnouncement(blocks, container);
  return (
    <SurfaceContext value={createViewSurface(state, home, slack)}>
      <Blocks ref={container} blocks={blocks} />
      <p className="slack-warning" role="alert">
        {slack.warnings[home.id]}
      </p>
      <p className="visually-hidden" role="status">
        {announcement}
      </p>
    </SurfaceContext>
  );
}
