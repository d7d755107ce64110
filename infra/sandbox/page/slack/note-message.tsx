import { MessageFrame } from './message-frame.tsx';
import type { Note } from './timeline.ts';

/** What Slack itself tells one person. */
export function NoteMessage({ note }: { note: Note }) {
  return (
    <MessageFrame at={note.at} from="Slackbot" onlyVisibleToYou>
      <p>{note.text}</p>
    </MessageFrame>
  );
}
