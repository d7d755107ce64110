import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className="icon-image" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const ShieldIcon = () => (
  <Icon>
    <path className="icon-fill" d="M8 1 2.5 3.1v4C2.5 10.6 4.9 13.7 8 15c3.1-1.3 5.5-4.4 5.5-7.9v-4z" />
    <path className="icon-mark" d="m5.6 8 1.7 1.8 3.2-3.5" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path className="icon-line" d="m3.5 3.5 9 9m0-9-9 9" />
  </Icon>
);

export const CopyIcon = () => (
  <Icon>
    <path className="icon-line" d="M5.5 5.5h8v8h-8z M10.5 5.5v-3h-8v8h3" />
  </Icon>
);

export const PlusIcon = () => (
  <Icon>
    <path className="icon-line" d="M8 3v10M3 8h10" />
  </Icon>
);

export const HelpIcon = () => (
  <Icon>
    <path className="icon-line" d="M6 6.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.3v.4M8 12.2v.1" />
    <circle className="icon-line" cx="8" cy="8" r="6.5" />
  </Icon>
);
