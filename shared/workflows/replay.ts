import type { Alert } from '../alerts/alert.ts';
import type { Rule } from '../rules/rule.ts';
import type { Archive } from '../series/archive.ts';
import { follow, type Period } from './follow.ts';

/**
 * Tells every alert the rules would have made in a period, as known on each session, in order of session and then of
 * the rules given. Replay has no live session: it tells everything. An archive cut off after some session gives the
 * same alerts up to that session.
 */
export function replay(archive: Archive, rules: readonly Rule[], period: Period = {}): readonly Alert[] {
  return follow(archive, rules, period).alerts;
}
