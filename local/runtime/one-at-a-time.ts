/** Work of which one piece is under way at a time. */
export interface OneAtATime {
  /** What is under way until it is over, whatever comes of it; null where nothing is. Never fails. */
  readonly current: () => Promise<void> | null;
  /** Does a piece as soon as what is under way is over. Throws what the piece throws. */
  readonly after: (piece: () => Promise<void>) => Promise<void>;
}

/** Starts with nothing under way. */
export function oneAtATime(): OneAtATime {
  let work: Promise<void> | null = null;
  return {
    current: () => work,
    after(piece) {
      const doing = work === null ? piece() : work.then(piece);
      const held: Promise<void> = doing
        .catch(() => {})
        .finally(() => {
          if (work === held) work = null;
        });
      work = held;
      return doing;
    },
  };
}
