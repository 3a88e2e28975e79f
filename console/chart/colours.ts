/** The colours of a chart as the page's theme gives them. */
export interface Colours {
  readonly measure: string;
  readonly threshold: string;
  readonly episode: string;
  readonly grid: string;
  readonly text: string;
  readonly accent: string;
}

const NAMES: Readonly<Record<keyof Colours, string>> = {
  measure: '--chart-measure',
  threshold: '--chart-threshold',
  episode: '--chart-episode',
  grid: '--chart-grid',
  text: '--soft',
  accent: '--accent',
};

/** Reads the colours where a chart stands: a canvas knows no variables, so each is asked of an element that has it. */
export function coloursAt(place: HTMLElement): Colours {
  const probe = place.ownerDocument.createElement('span');
  place.append(probe);
  const read = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [key, read(name)]));
  probe.remove();
  return colours as unknown as Colours;
}
