import type { ComponentChildren } from 'preact';
import type { RuleView } from '../../shared/api/rules.ts';

/** Where a rule stands, as the API says it. */
export type Standing = RuleView['standing'];

/** How far a rule is from firing: a bar where there is a natural zero, and always in words. */
export function Distance({
  standing,
  words = 'all',
}: {
  readonly standing: Standing;
  /** `short` leaves out what stands beside it in a list: the state, the threshold, and what would end it. */
  readonly words?: 'all' | 'short';
}): ComponentChildren {
  const { distance, reason, noData } = standing;
  if (reason !== null) return <p class="far-text bad">{reason}</p>;
  if (distance === null) {
    return (
      <p class="far-text soft">{noData ? 'No data on this session.' : 'No threshold to measure from.'}</p>
    );
  }
  const share = distance.share === null ? null : Math.max(0, Math.min(1, distance.share));
  return (
    <div class={`far ${standing.state}`}>
      {share === null ? null : (
        <span class="far-bar" aria-hidden="true">
          <span class="far-done" style={{ width: `${100 * share}%` }} />
        </span>
      )}
      <p class="far-text">{words === 'short' ? shortly(distance.text) : capital(distance.text)}</p>
    </div>
  );
}

/** `firing, 6 sessions beyond the threshold; it ends when …` as `6 sessions beyond`. */
function shortly(text: string): string {
  const [first = ''] = text.split('; ');
  return first.replace(/^firing, /, '').replace(/ (beyond|below|above) the threshold$/, ' $1');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
