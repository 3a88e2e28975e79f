import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';

type Standing = Answer<'today'>['rules'][number]['standing'];

/** How far a rule is from its threshold: the words, and a bar where there is a natural zero. */
export function DistanceBar({ standing }: { readonly standing: Standing }): ComponentChildren {
  const { distance, state, thresholdText } = standing;
  if (distance === null) {
    return thresholdText === null ? null : <p class="soft small">threshold {thresholdText}</p>;
  }
  const share = Math.min(1, Math.max(0, distance.share ?? 0));
  return (
    <>
      {distance.share === null ? null : (
        <span class="distance-bar" aria-hidden="true">
          <span
            class={state === 'firing' ? 'distance-filled firing' : 'distance-filled'}
            style={{ width: `${share * 100}%` }}
          />
        </span>
      )}
      <p class="soft small">{shortly(distance.text)}</p>
    </>
  );
}

/**
 * The distance without what stands beside it anyway: the state and the threshold; and without what would end it, which
 * the page of the rule says.
 */
function shortly(text: string): string {
  const [first = ''] = text.split('; ');
  return first.replace(/^firing, /, '').replace(/ (beyond|below|above) the threshold$/, ' $1');
}
