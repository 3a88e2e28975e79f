import type * as z from 'zod/mini';
import { counted, grouped, measured } from '../alerts/message/numbers.ts';
import type { evidenceLine } from '../api/today.ts';
import type { Rule } from '../rules/rule.ts';
import { evidenceOf } from './evidence-now.ts';
import type { Shelf } from './library.ts';
import type { RuleSummary } from './rule-view.ts';
import { viewRule } from './standing.ts';

export type EvidenceLine = z.infer<typeof evidenceLine>;

/** Where the rotation stands: one sentence, and the rules that others name as evidence. */
export interface Rotation {
  readonly sentence: string;
  readonly evidence: readonly EvidenceLine[];
}

const LOUDNESS = { info: 0, notice: 1, urgent: 2 } as const;

/** Says where the rotation stands on the last session, from where the rules stand. */
export function rotationOf(shelf: Shelf, summaries: readonly RuleSummary[]): Rotation {
  const byId = new Map(summaries.map((one) => [one.id, one]));
  const named = summaries.flatMap(({ id, enabled }) =>
    enabled ? (shelf.rules.get(id)?.evidence ?? []) : [],
  );
  const evidence = evidenceOf(shelf, [...new Set(named)]).map((one) => ({
    ...one,
    text: textOf(byId.get(one.rule)),
  }));
  return { sentence: sentenceOf(shelf, summaries, evidence), evidence };
}

/** "14 sessions, firing, 7 sessions beyond the threshold". */
function textOf(summary: RuleSummary | undefined): string {
  if (summary === undefined) return 'no such rule';
  const { state, noData, valueText, distance, reason } = summary.standing;
  if (state === 'disabled') return 'disabled';
  if (state === 'broken') return reason ?? 'it has errors';
  if (noData) return `no data; as last known ${state}`;
  if (valueText === null) return distance?.text ?? (state === 'firing' ? 'firing' : 'not firing');
  return distance === null ? valueText : together(summary.standing, valueText, distance.text);
}

/** A value and how far it is from the threshold, where "5 of 7 members" says both and "4 of 6 signs" only the one. */
function together(
  { value, threshold }: RuleSummary['standing'],
  valueText: string,
  distanceText: string,
): string {
  const bothSay = value !== null && distanceText.startsWith(`${grouped(value)} of `);
  if (!bothSay) return `${valueText}, ${distanceText}`;
  if (threshold === null || !valueText.includes(' of ')) return distanceText;
  return `${valueText}, ${grouped(threshold)} needed`;
}

function sentenceOf(
  shelf: Shelf,
  summaries: readonly RuleSummary[],
  evidence: readonly EvidenceLine[],
): string {
  const heard = summaries.filter(({ enabled, mutedBy }) => enabled && mutedBy === null);
  if (heard.length === 0) return 'No rule is enabled, so nothing is watched.';
  if (shelf.sessions.length === 0) return 'Nothing is stored yet, so nothing can be said.';
  const firing = heard.filter(({ standing }) => standing.state === 'firing').toSorted(byWeight(shelf));
  const [lead] = firing;
  const rule = lead === undefined ? undefined : shelf.rules.get(lead.id);
  if (lead === undefined || rule === undefined) return quiet(heard, shelf);
  const others = firing.length - 1;
  const more =
    others === 0 ? '' : ` ${counted(others, 'other rule')} ${others === 1 ? 'fires' : 'fire'} too.`;
  return `${lead.title}${howFar(shelf, rule)}${rule.evidence.length === 0 ? '' : signs(evidence)}.${more}`;
}

/** The loudest first, then who calls most witnesses, then who fires longest, then by id. */
function byWeight({ rules }: Shelf): (a: RuleSummary, b: RuleSummary) => number {
  const witnesses = ({ id }: RuleSummary): number => rules.get(id)?.evidence.length ?? 0;
  return (a, b) =>
    LOUDNESS[b.severity] - LOUDNESS[a.severity] ||
    witnesses(b) - witnesses(a) ||
    compare(a.standing.since ?? '', b.standing.since ?? '') ||
    compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** ", for 14 sessions running"; ": 4 of 6 signs agree"; " (+7.20%)"; nothing without a value. */
function howFar(shelf: Shelf, rule: Rule): string {
  const { view, printed, sessions } = viewRule(shelf, rule);
  const value = view.figures.value(sessions.length - 1);
  if (rule.measure === null || value === null) return '';
  const text = measured({ definition: printed }, value);
  const { counts, tally } = printed.words;
  if (counts === 'sessions') return `, for ${text} running`;
  if (counts === 'times') return `, ${text} in a row`;
  return tally === null ? ` (${text})` : `: ${[text, tally.verb].filter((part) => part !== '').join(' ')}`;
}

/** "; 4 of 6 signs confirm, 2 contradict": counted over the list that is shown beside it. */
function signs(evidence: readonly EvidenceLine[]): string {
  const sides = evidence.map(({ side }) => side);
  const of = (side: string): number => sides.filter((one) => one === side).length;
  const [confirm, contradict] = [of('for'), of('against')];
  const silent = sides.length - confirm - contradict;
  const without = silent === 0 ? '' : `, ${grouped(silent)} without data`;
  return `; ${grouped(confirm)} of ${counted(sides.length, 'sign')} ${confirm === 1 ? 'confirms' : 'confirm'}, ${grouped(contradict)} ${contradict === 1 ? 'contradicts' : 'contradict'}${without}`;
}

/** Nothing fires: which rule comes nearest, of those that call witnesses where there are any. */
function quiet(heard: readonly RuleSummary[], { rules }: Shelf): string {
  const near = heard.filter(({ standing }) => (standing.distance?.share ?? null) !== null);
  const calling = near.filter(({ id }) => (rules.get(id)?.evidence.length ?? 0) > 0);
  const [nearest] = (calling.length > 0 ? calling : near).toSorted(
    (a, b) => (b.standing.distance?.share ?? 0) - (a.standing.distance?.share ?? 0) || compare(a.id, b.id),
  );
  const none = 'No rule is firing.';
  if (nearest === undefined) return none;
  return `${none} Nearest is "${nearest.title}": ${nearest.standing.distance?.text ?? ''}.`;
}
