/**
 * How SNS filters on message attributes, written from its developer guide and from nothing of ours: every key of the
 * policy must be an attribute, and one of the key's values must match the attribute, or one element where it is a list.
 */
export function snsAccepts(policy: string, attributes: Readonly<Record<string, SnsAttribute>>): boolean {
  const keys = JSON.parse(policy) as Record<string, unknown[]>;
  return Object.entries(keys).every(([key, conditions]) => {
    const attribute = attributes[key];
    if (attribute === undefined) return false;
    const values: unknown[] =
      attribute.DataType === 'String.Array'
        ? (JSON.parse(attribute.StringValue ?? '') as unknown[])
        : [attribute.StringValue];
    return conditions.some((condition) => values.some((value) => meets(condition, value)));
  });
}

export interface SnsAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
}

function meets(condition: unknown, value: unknown): boolean {
  if (typeof condition === 'string') return condition === value;
  const { prefix } = condition as { prefix?: unknown };
  if (typeof prefix !== 'string') throw new Error('a condition this evaluator does not know');
  return typeof value === 'string' && value.slice(0, prefix.length) === prefix;
}

/** The complaint SNS would make about a policy; null where it takes it. */
export function policyComplaint(policy: string): string | null {
  const keys = Object.values(JSON.parse(policy) as Record<string, unknown[]>);
  if (keys.length > 5) return 'too many keys';
  if (keys.some((values) => values.length === 0)) return 'an empty list';
  const combinations = keys.reduce((product, values) => product * values.length, 1);
  return combinations > 150 ? 'too many combinations' : null;
}
