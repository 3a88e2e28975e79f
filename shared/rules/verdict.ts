import type { Code } from '../expression/types.ts';

export type State = 'inactive' | 'pending' | 'firing';

/**
 * What one rule sees on one session. `when` is no data (0) where the expression has none or where a price it reads is
 * missing (DESIGN section 5); `excused` says that the only thing missing is the value of an event field, which never
 * makes a rule blind.
 */
export interface Verdict {
  readonly when: Code;
  readonly resolve: Code;
  readonly excused: boolean;
}
