import type { Story } from './world.ts';

/**
 * A story from columns of values by session, `from` the first one's number; null is a value that never comes.
 *
 * @example tell(-3, { 'A.close': [100, 101, null, 102] })
 */
export function tell(from: number, columns: Readonly<Record<string, readonly (number | null)[]>>): Story {
  return Object.entries(columns).flatMap(([series, values]) =>
    values.flatMap((value, index) => (value === null ? [] : [{ series, session: from + index, value }])),
  );
}

/** Closes that rise and fall by the letters of a pattern: `+` up one percent, `-` down one, `.` no value. */
export function walk(pattern: string): readonly (number | null)[] {
  let close = 100;
  return Array.from(pattern, (letter) => {
    if (letter === '.') return null;
    close *= letter === '+' ? 1.01 : 0.99;
    return Math.round(close * 100) / 100;
  });
}

/** One rule that fires while A rises. */
export const RISING = `rules:
  - id: rising
    title: A is rising
    when: ret(A) > 0
    measure: ret(A)
    threshold: 0
    direction: up
`;
