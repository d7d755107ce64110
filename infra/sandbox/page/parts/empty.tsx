import type { ReactNode } from 'react';

/** What stands in a panel while it has nothing to show. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>;
}
