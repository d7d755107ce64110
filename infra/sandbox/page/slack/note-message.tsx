import type { SandboxState } from '../../api/contract.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { SurfaceContext } from '../blocks/surface.ts';
import { Text } from '../blocks/text.tsx';
import type { Block } from '../blocks/types.ts';
import { createSurface } from './create-surface.ts';
import { MessageFrame } from './message-frame.tsx';
import type { Note } from './timeline.ts';

/** An answer that only the person who clicked or typed sees. */
export function NoteMessage({ note, state }: { note: Note; state: SandboxState }) {
  const surface = createSurface(state, { onClick: () => {}, pendingActionId: null });
  return (
    <SurfaceContext value={surface}>
      <MessageFrame at={note.at} from={note.from} onlyVisibleToYou>
        {note.blocks.length > 0 ? (
          <Blocks blocks={note.blocks as unknown as Block[]} />
        ) : (
          <div className="blocks">
            <Text text={{ type: 'mrkdwn', text: note.text }} />
          </div>
        )}
      </MessageFrame>
    </SurfaceContext>
  );
}
