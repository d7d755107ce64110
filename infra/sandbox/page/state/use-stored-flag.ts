import { useState } from 'react';

/** A yes or no that survives a reload of the page. */
export function useStoredFlag(name: string): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => localStorage.getItem(name) === 'yes');
  return [
    value,
    (next) => {
      localStorage.setItem(name, next ? 'yes' : 'no');
      setValue(next);
    },
  ];
}
