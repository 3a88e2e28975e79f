/** A value, or the errors that stand in its place: the domain's functions return this instead of throwing. */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly errors: readonly Failure[] };

/** Wraps a value as a success. */
export function success<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** Wraps one or more errors as a failure. */
export function failure<Failure>(...errors: readonly Failure[]): {
  readonly ok: false;
  readonly errors: readonly Failure[];
} {
  return { ok: false, errors };
}
