import { useEffect, useEffectEvent } from 'react';

/** Pixels between the menu and its button, and the edge of the window. */
const GAP = 4;

/** Below the button or above it, and inside the window: the list around a message would cut the menu off. */
export function placeBeside(menu: HTMLElement, opener: HTMLElement): void {
  const button = opener.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = button.bottom + GAP;
  const top = below + height > innerHeight ? button.top - GAP - height : below;
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.min(button.left, innerWidth - width - GAP)}px`;
}

/** The menu stands still while what is under it scrolls away. */
export function useLeftOnScroll(onLeave: () => void): void {
  const leave = useEffectEvent(onLeave);
  useEffect(() => {
    addEventListener('scroll', leave, { capture: true });
    return () => removeEventListener('scroll', leave, { capture: true });
  }, []);
}
