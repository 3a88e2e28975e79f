import type { Session } from '../../shared/calendar/calendar.ts';
import type { Library } from '../../shared/workbench/library.ts';
import { type Standing, standings } from '../../shared/workbench/standing.ts';

/** Where one rule stands on the last session with a stored value. */
export interface Reading extends Standing {
  readonly rule: string;
  readonly title: string;
}

/** Every saved rule on one session; the session is null where nothing is stored. */
export interface Readings {
  readonly session: Session | null;
  readonly rules: readonly Reading[];
}

/** Takes readings of all rules from the library that the API reads too. */
export function createReadings(library: Library): () => Promise<Readings> {
  return async () => {
    const shelf = await library.open();
    return {
      session: shelf.sessions.at(-1) ?? null,
      rules: [...standings(shelf)].map(([rule, standing]) => {
        const title = standing.state === 'disabled' ? '' : (shelf.rules.get(rule)?.title ?? '');
        return { rule, title, ...standing };
      }),
    };
  };
}
