import * as z from 'zod/mini';
import { SEVERITIES } from './attributes.ts';
import { type Filtered, type FilterPolicy, filterPolicyOf } from './filter-policy.ts';
import { isRulePattern } from './pattern.ts';

const POLICY = z.strictObject({
  alert: z.array(z.union([z.string(), z.strictObject({ prefix: z.string() })])),
  form: z.tuple([z.enum(['single', 'digest'])]),
});

/** Reads back what a filter policy of ours asks for; null for any other text. */
export function readFilterPolicy(text: string): Filtered | null {
  const policy = POLICY.safeParse(parsed(text)).data;
  if (policy === undefined) return null;
  const wanted = policy.alert.map((one) => (typeof one === 'string' ? one : `${one.prefix}*`));
  const rules = [...new Set(wanted.map((one) => one.slice(one.indexOf(':') + 1)))];
  const severity = SEVERITIES.find((loud) => wanted.some((one) => one.startsWith(`${loud}:`)));
  if (severity === undefined || !rules.every(isRulePattern)) return null;
  const read: Filtered = { rules, severity, form: policy.form[0] };
  return samePolicy(filterPolicyOf(read), policy) ? read : null;
}

function samePolicy(one: FilterPolicy, other: FilterPolicy): boolean {
  return JSON.stringify([one.alert, one.form]) === JSON.stringify([other.alert, other.form]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
