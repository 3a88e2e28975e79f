/** What is sent to DynamoDB: bytes become base64, all else stays as it is. */
export function encoded(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return mapped(value, (_, one) => encoded(one));
}

/**
 * What DynamoDB answers: the base64 of a binary value becomes bytes. An attribute that is itself called `B` holds an object,
 * never a text, and is told apart by that.
 */
export function decoded(value: unknown): unknown {
  return mapped(value, (key, one) =>
    key === 'B' && typeof one === 'string' ? new Uint8Array(Buffer.from(one, 'base64')) : decoded(one),
  );
}

function mapped(value: unknown, each: (key: string, one: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => each('', one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, each(key, one)]));
}
