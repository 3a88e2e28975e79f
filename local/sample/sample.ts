import type { Calendar } from '../../shared/calendar/calendar.ts';
import { type Closes, generateFunds } from './closes.ts';
import { generateFactors } from './factors.ts';
import { generateLevels, type SampleField } from './levels.ts';
import { generateMembers, type SampleMembership } from './members.ts';

/** Everything the shipped rules need, invented from a seed but for the published returns and decisions of `story.ts`. */
export interface Sample {
  readonly fields: readonly SampleField[];
  readonly membership: readonly SampleMembership[];
}

/** The seed of the sample that `npm start` shows. */
export const SAMPLE_SEED = 15;

function closeField(closes: Closes, sessions: readonly string[]): SampleField {
  const values = Array.from(closes.values, (value, i): [string, number] => [
    sessions[closes.first + i] ?? '',
    value,
  ]);
  return { instrument: closes.symbol, field: 'close', values };
}

/**
 * Generates 25 years of plausible history that end on 21 January 2026: closes of four funds and the Magnificent Seven,
 * 500 members of SP500_MEMBERS since the end of 2023, forward P/Es, the weight of the top ten, and policy. The same seed
 * gives the same sample on every machine.
 */
export function generateSample(seed: number, calendar: Calendar): Sample {
  const factors = generateFactors(seed, calendar);
  const members = generateMembers(seed, factors);
  const closes = [...generateFunds(seed, factors), ...members.closes];
  return {
    fields: [...closes.map((each) => closeField(each, factors.sessions)), ...generateLevels(seed, factors)],
    membership: members.membership,
  };
}
