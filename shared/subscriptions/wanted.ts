import type { WantedSubscription } from '../ports/delivery.ts';
import { failure, type Result, success } from '../result.ts';
import { readAddress } from './address.ts';
import { severitiesFrom } from './attributes.ts';
import {
  combinationsOf,
  filterPolicyOf,
  MAX_POLICIES_PER_TOPIC,
  MAX_POLICY_COMBINATIONS,
} from './filter-policy.ts';
import { isRulePattern, withoutCovered } from './pattern.ts';

/**
 * A wanted subscription in the one form it is kept in, or the reason it is refused, which names no address and, where a
 * limit of SNS is the reason, says what to do instead. Every keeper of subscriptions asks this first, so that what one
 * accepts no other refuses.
 */
export function checkWanted(wanted: WantedSubscription): Result<WantedSubscription, string> {
  const address = readAddress(wanted.channel, wanted.address);
  if (!address.ok) return address;
  if (wanted.format === 'html' && wanted.channel === 'sms')
    return failure('an SMS has no HTML: leave the format out');
  const odd = wanted.rules.find((pattern) => !isRulePattern(pattern));
  if (odd !== undefined) {
    return failure(
      `the pattern \`${odd}\` names no rules: expected the id of a rule, a prefix such as small-cap-*, or *`,
    );
  }
  if (wanted.rules.length === 0) return failure('no rules are named: `*` stands for all of them');
  const checked = { ...wanted, address: address.value, rules: withoutCovered(wanted.rules) };
  const combinations = combinationsOf(filterPolicyOf(checked));
  return combinations > MAX_POLICY_COMBINATIONS ? failure(tooMany(checked)) : success(checked);
}

function tooMany({ rules, severity }: WantedSubscription): string {
  const most = Math.floor(MAX_POLICY_COMBINATIONS / severitiesFrom(severity).length);
  return `${rules.length} rules are more than one subscription from ${severity} on can name (${most}): use a prefix such as small-cap-*, or *`;
}

/** Why a new subscription finds no place beside this many others; null where it does. */
export function fullTopic(others: number): string | null {
  if (others < MAX_POLICIES_PER_TOPIC) return null;
  return `there are ${others} subscriptions already, and a topic takes ${MAX_POLICIES_PER_TOPIC}: remove one (\`tidemark subscriptions\` lists them), or subscribe one mailing list in place of several people`;
}
