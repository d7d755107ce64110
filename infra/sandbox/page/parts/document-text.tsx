import { useMemo, useState } from 'react';
import { layOut as linesOf } from '../../../../bot/media/wording/document-lines.ts';
import { CopyButton } from './copy-button.tsx';
import { tokenizeJson } from './json-tokens.ts';

interface DocumentTextProps {
  text: string;
  label: string;
  /** What a machine wrote in one line is laid out until the reader asks otherwise. */
  startLaidOut?: boolean;
  layOut?: (text: string) => string;
}

/** A document as it was written, byte for byte; laid out only when the reader asks. */
export function DocumentText({
  text,
  label,
  startLaidOut = false,
  layOut = layOutDocument,
}: DocumentTextProps) {
  const [wantsLayout, setWantsLayout] = useState(startLaidOut);
  const laidOut = useMemo(() => layOut(text), [text, layOut]);
  const differs = laidOut !== text.trim();
  return (
    <div className="document">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard */}
      <section className="document-text" tabIndex={0} aria-label={label}>
        <div className="document-tools">
          {differs && (
            <button
              type="button"
              className="quiet small"
              aria-pressed={wantsLayout}
              onClick={() => setWantsLayout(!wantsLayout)}
            >
              Lay out
            </button>
          )}
          <CopyButton text={text} what={label} />
        </div>
        <pre>
          <Coloured text={wantsLayout ? laidOut : text} />
        </pre>
      </section>
    </div>
  );
}

/** JSON in lines; any other text as it is. */
export function layOutDocument(text: string): string {
  return linesOf(text)
    .map((line) => line.text)
    .join('\n');
}

/** Documents padded to 131,072 characters are shown without colours: thousands of elements would slow the page. */
const COLOUR_UP_TO = 20_000;

function Coloured({ text }: { text: string }) {
  if (text.length > COLOUR_UP_TO) return text;
  return tokenizeJson(text).map(({ kind, text: piece }, index) =>
    kind === 'other' ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other identity than their place
      <span key={index} className={`json-${kind}`}>
        {piece}
      </span>
    ),
  );
}
