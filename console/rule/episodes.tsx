import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { RuleView } from '../../shared/api/rules.ts';
import { Day } from '../parts/day.tsx';
import { Table } from '../parts/table.tsx';
import { counted } from '../parts/figures.ts';

type Episode = NonNullable<RuleView['course']>['episodes'][number];
const SHOWN = 8;

/** Every episode of a rule, the latest first: it is also what the chart says to whoever cannot see it. */
export function Episodes({
  episodes,
  caption,
}: {
  readonly episodes: readonly Episode[];
  readonly caption: string;
}): ComponentChildren {
  const [all, showAll] = useState(false);
  const newest = episodes.toReversed();
  const rows = all ? newest : newest.slice(0, SHOWN);
  return (
    <div class="compact">
      <Table
        caption={caption}
        rows={rows}
        keyOf={({ id }) => id}
        empty="It never fired over all that is stored."
        columns={[
          { title: 'Began', cell: ({ start }) => <Day date={start} /> },
          { title: 'Ended', cell: ({ end }) => (end === null ? 'still firing' : <Day date={end} />) },
          { title: 'Fired for', cell: ({ sessions }) => counted(sessions, 'session'), kind: 'number' },
          { title: 'Furthest', cell: ({ peakText }) => peakText ?? '–', kind: 'number' },
        ]}
      />
      {episodes.length > SHOWN ? (
        <button type="button" class="button slim" aria-expanded={all} onClick={() => showAll(!all)}>
          {all ? 'Show the latest only' : `Show all ${episodes.length}`}
        </button>
      ) : null}
    </div>
  );
}
