/**
 * A worked example, executed as a test. Series and results are written one entry a session, from `start` on:
 * `100 101 _ 103`, where `_` is no data and `100x5` is five times 100. `given` names series (`IWM.close`), or the states of a
 * rule (`firing("small-cap-streak")`, true or false).
 */
export interface Example {
  readonly expression: string;
  readonly start: string;
  readonly given: Readonly<Record<string, string>>;
  readonly expected: string;
}

/** What documents and completion say of a function. */
export interface FunctionText {
  readonly name: string;
  /** One line: what it is for. */
  readonly summary: string;
  /** What its value at session t is. */
  readonly definition: string;
  readonly units: string;
  readonly noData: string;
  /** Where the formula or the convention comes from. */
  readonly source: string;
  /** At least one; one of each form where there are two. */
  readonly examples: readonly Example[];
}
