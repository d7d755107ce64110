import { useEffect, useState } from 'react';
import { CopyIcon } from './icons.tsx';

/** Copies a text and says so for a moment. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  return (
    <>
      <button type="button" className="quiet small" aria-label={`Copy ${what}`} onClick={copy}>
        <CopyIcon /> {{ idle: 'Copy', copied: 'Copied', refused: 'Not allowed' }[state]}
      </button>
      <span className="visually-hidden" role="status">
        {state === 'copied' && `Copied ${what}`}
      </span>
    </>
  );
}
