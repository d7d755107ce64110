import type { ReactNode } from 'react';
import { safeUrl } from './safe-url.ts';

/** A link to a new tab; only its text when the address is neither http nor https. */
export function ExternalLink({
  href,
  className,
  onClick,
  children,
}: {
  href: string;
  className?: string;
  onClick?: () => void;
  children: ReactNode;
}) {
  const address = safeUrl(href);
  if (address === undefined) return <span className={className}>{children}</span>;
  return (
    <a className={className} href={address} target="_blank" rel="noopener noreferrer" onClick={onClick}>
      {children}
    </a>
  );
}
