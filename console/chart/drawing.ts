/** Values per session, null where there is no data. */
export interface Line {
  readonly sessions: readonly string[];
  readonly values: readonly (number | null)[];
}

/** What a chart draws. */
export interface Drawing {
  readonly measure: Line;
  /** One figure where it is the same on all sessions; null for none. */
  readonly threshold: Line | number | null;
  /** Stretches that are shaded; one that is still open ends with the data. */
  readonly episodes: readonly { readonly start: string; readonly end: string | null }[];
  /** Arrows at sessions, such as those on which an alert was sent. */
  readonly markers: readonly { readonly session: string; readonly text: string }[];
  /** What is drawn where sessions are closer together than pixels: each all the same, or of every few the highest. */
  readonly crowded: 'each' | 'highest';
  /** A value as the axis and the cursor write it: "31.2%". */
  readonly print: (value: number) => string;
}

/** What a chart tells of itself while it is looked at. */
export interface Told {
  /** Where the cursor is, counted from the first value; null where it is nowhere. */
  readonly point: (at: number | null) => void;
  /** Of how many sessions the highest is drawn; 1 where each is. */
  readonly crowd: (sessions: number) => void;
}

/** A chart that stands on a page. */
export interface Drawn {
  /** Draws other values in the same place; what is in view stays unless the sessions change. */
  readonly draw: (drawing: Drawing) => void;
  /** Takes the page's colours as they are now. */
  readonly paint: () => void;
  /** Shows the last so many sessions; all of them for null. */
  readonly show: (sessions: number | null) => void;
  /** Puts the cursor on a session. */
  readonly point: (at: number) => void;
  readonly remove: () => void;
}
