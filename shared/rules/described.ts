import * as z from 'zod/mini';

/** The value of a key that must be given, with what an editor says of it. */
export function required<Value extends z.ZodMiniType>(value: Value, description: string): Value {
  return value.check(z.describe(description));
}

/** The value of a key that may be left out, with what an editor says of it. */
export function optional<Value extends z.ZodMiniType>(
  value: Value,
  description: string,
): z.ZodMiniOptional<Value> {
  return z.optional(value).check(z.describe(description));
}
