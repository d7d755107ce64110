import { useState } from 'react';
import type { SandboxState } from '../api/contract.ts';
import { Introduction } from './introduction.tsx';
import { SidePane } from './panels/side-pane.tsx';
import { type PanelId, panelTabs } from './panels/tabs.ts';
import { TabList, TabPanel } from './parts/tabs.tsx';
import { ChannelPane } from './slack/channel-pane.tsx';
import { placeOf } from './slack/place.ts';
import { usePermalinks } from './slack/use-permalinks.ts';
import { usePlace } from './slack/use-place.ts';
import { useSlack } from './slack/use-slack.ts';
import { useMedia } from './state/use-media.ts';
import { useSandboxState } from './state/use-sandbox-state.ts';
import { useStoredFlag } from './state/use-stored-flag.ts';
import { TopBar } from './top-bar.tsx';

/** Below this there is room for one pane only, and the channel becomes a tab like the others. */
const NARROW = '(max-width: 899px)';

export function App() {
  const { state, connected } = useSandboxState();
  if (!state) {
    return (
      <main className="starting" aria-busy="true">
        <p role="status">
          {connected ? 'Reading the sandbox…' : 'The sandbox does not answer. Trying again…'}
        </p>
      </main>
    );
  }
  return <Sandbox state={state} connected={connected} />;
}

function Sandbox({ state, connected }: { state: SandboxState; connected: boolean }) {
  const narrow = useMedia(NARROW);
  const [panel, setPanel] = useState<PanelId>('channel');
  const [user, setUser] = useState(state.people[0]?.id ?? '');
  const slack = useSlack();
  const places = usePlace();
  usePermalinks((link) => {
    const place = placeOf(link.channel, state.slack, user);
    if (place === undefined) return false;
    if (narrow) setPanel('channel');
    slack.closeAllViews();
    places.show(place, link);
    return true;
  });
  const [introduced, setIntroduced] = useStoredFlag('introduced');
  const selected = panel === 'channel' && !narrow ? 'change' : panel;
  const channel = (
    <ChannelPane
      state={state}
      user={user}
      slack={slack}
      places={places}
      shown={selected === 'channel' || !narrow}
      onUser={setUser}
      onShowEmails={() => setPanel('emails')}
    />
  );
  return (
    <div className={narrow ? 'page narrow' : 'page'}>
      <TopBar
        state={state}
        connected={connected}
        introduced={introduced}
        onHelp={() => setIntroduced(!introduced)}
        onMakeChange={() => setPanel('change')}
      />
      <main>
        {!narrow && channel}
        <div className="side">
          {!introduced && <Introduction state={state} onDismiss={() => setIntroduced(true)} />}
          <TabList<PanelId>
            tabs={panelTabs(state, narrow)}
            selected={selected}
            label="Views of the sandbox"
            onSelect={setPanel}
          />
          {narrow && (
            <TabPanel id="channel" selected={selected === 'channel'}>
              {channel}
            </TabPanel>
          )}
          <SidePane state={state} selected={selected} />
        </div>
      </main>
    </div>
  );
}
