import { type KeyboardEvent, type ReactNode, useRef } from 'react';

export interface Tab<Id extends string> {
  id: Id;
  label: string;
  /** What the label belongs to; left out for the eye where there is little room. */
  prefix?: string;
  /** How many things wait or stand behind the tab. */
  count?: number;
  /** What is counted, where the label does not say it. */
  countMeans?: string;
  /** True when something there needs a person. */
  urgent?: boolean;
}

/** Tabs after the ARIA pattern: one of them in the tab order, arrow keys, Home and End between them. */
export function TabList<Id extends string>({
  tabs,
  selected,
  label,
  onSelect,
}: {
  tabs: readonly Tab<Id>[];
  selected: Id;
  label: string;
  onSelect(id: Id): void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const place = tabs.findIndex(({ id }) => id === selected);
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const tab = next === undefined ? undefined : tabs[(next + tabs.length) % tabs.length];
    if (!tab) return;
    event.preventDefault();
    onSelect(tab.id);
    list.current?.querySelector<HTMLElement>(`#tab-${tab.id}`)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label={label} className="tabs" onKeyDown={onKeyDown}>
      {tabs.map(({ id, label: text, prefix, count, countMeans, urgent }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          aria-selected={id === selected}
          aria-controls={`panel-${id}`}
          tabIndex={id === selected ? 0 : -1}
          onClick={() => onSelect(id)}
        >
          {prefix && <span className="tab-prefix">{prefix} </span>}
          {text}
          {count !== undefined && <span className={urgent ? 'count urgent' : 'count'}>{count}</span>}
          {countMeans && <span className="visually-hidden"> {countMeans}</span>}
        </button>
      ))}
    </div>
  );
}

/** The panel of a tab; `hidden` rather than unmounted, so that what was typed or scrolled there stays. */
export function TabPanel({ id, selected, children }: { id: string; selected: boolean; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the panel scrolls and must be reachable by keyboard
    <div id={`panel-${id}`} role="tabpanel" aria-labelledby={`tab-${id}`} tabIndex={0} hidden={!selected}>
      {children}
    </div>
  );
}
