import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { SandboxState, ViewState } from '../../api/contract.ts';
import { Blocks } from '../blocks/block-view.tsx';
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
  const { visit, open } = useVisit(selected, () => slack.openHome(user));
  const home = state.slack.homes.find((published) => published.user === user) ?? slack.homes[user];
  return (
    <div className="home">
      <h3 className="visually-hidden">Home</h3>
      <p className="home-progress" role="status" aria-busy={visit === 'opening'}>
        {visit === 'opening' && 'Opening App Home…'}
      </p>
      {visit === 'opened' && (
        <HomeProblem warning={slack.warnings[homePlace(user)]} home={home} onAgain={open} />
      )}
      {home && <PublishedHome home={home} {...props} />}
    </div>
  );
}

type Visit = 'none' | 'opening' | 'opened';

/** Opens on every visit. */
function useVisit(selected: boolean, openHome: () => Promise<void>): { visit: Visit; open(): void } {
  const [visit, setVisit] = useState<Visit>('none');
  const open = async () => {
    setVisit('opening');
    await openHome();
    setVisit('opened');
  };
  const onVisit = useEffectEvent(open);
  useEffect(() => {
    if (selected) onVisit();
  }, [selected]);
  return { visit, open };
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
