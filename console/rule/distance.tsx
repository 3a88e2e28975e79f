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
  /** `short` leaves out what would end it. */
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
        <svg class="far-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect class="far-way" width="100" height="4" rx="2" />
          <rect class="far-done" width={100 * share} height="4" rx="2" />
        </svg>
      )}
      <p class="far-text">{words === 'short' ? distance.text.split(';')[0] : distance.text}</p>
    </div>
  );
}
