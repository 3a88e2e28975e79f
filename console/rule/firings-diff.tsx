import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Answer } from '../../shared/api/routes.ts';
import { withDays } from '../parts/dates.ts';
import { Day } from '../parts/day.tsx';
import { Pill } from '../parts/pill.tsx';
import { Table } from '../parts/table.tsx';

/** How two versions differ, as the API says it. */
export type Difference = Answer<'ruleDiff'>;

const KINDS = {
  same: { tone: 'quiet', symbol: '=', word: 'same' },
  moved: { tone: 'amber', symbol: '↔', word: 'moved' },
  gone: { tone: 'bad', symbol: '−', word: 'gone' },
  new: { tone: 'good', symbol: '+', word: 'new' },
} as const;

/** How two versions differ: in words, text by text, and firing by firing; what is the same in both is only counted. */
export function FiringsDiff({ difference }: { readonly difference: Difference }): ComponentChildren {
  const same = difference.episodes.filter(({ kind }) => kind === 'same').length;
  const other = difference.episodes.filter(({ kind }) => kind !== 'same');
  return (
    <div class="stack difference">
      <p>{withDays(difference.summary)}</p>
      <Changes changes={difference.changes} />
      {other.length === 0 ? null : <Differing episodes={other.toReversed()} />}
      {same === 0 ? null : (
        <p class="small soft">
          {same} {same === 1 ? 'episode is' : 'episodes are'} the same in both.
        </p>
      )}
    </div>
  );
}

const SHOWN = 8;

function Differing({ episodes }: { readonly episodes: Difference['episodes'] }): ComponentChildren {
  const [all, showAll] = useState(false);
  const shown = all ? episodes : episodes.slice(0, SHOWN);
  return (
    <div class="compact">
      <Table
        caption="Episodes that differ"
        rows={shown}
        keyOf={({ before, after }) => `${before?.id} ${after?.id}`}
        empty=""
        columns={[
          {
            title: 'Episode',
            cell: ({ kind }) => (
              <Pill tone={KINDS[kind].tone} symbol={KINDS[kind].symbol}>
                {KINDS[kind].word}
              </Pill>
            ),
          },
          { title: 'Before', cell: ({ before }) => <Span of={before} /> },
          { title: 'After', cell: ({ after }) => <Span of={after} /> },
        ]}
      />
      {episodes.length > SHOWN ? (
        <button type="button" class="button slim" aria-expanded={all} onClick={() => showAll(!all)}>
          {all ? 'Show the latest only' : `Show all ${episodes.length} that differ`}
        </button>
      ) : null}
    </div>
  );
}

function Span({ of }: { readonly of: Difference['episodes'][number]['before'] }): ComponentChildren {
  if (of === null) return <span class="soft">–</span>;
  return (
    <span>
      <Day date={of.start} /> to {of.end === null ? 'today' : <Day date={of.end} />}
    </span>
  );
}

/** The keys of a rule that differ, with both texts, one above the other. */
function Changes({ changes }: { readonly changes: Difference['changes'] }): ComponentChildren {
  if (changes.length === 0) return null;
  return (
    <dl class="changes">
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            {before === null ? null : (
              <del>
                <span class="heard">before: </span>
                {before}
              </del>
            )}
            {after === null ? null : (
              <ins>
                <span class="heard">after: </span>
                {after}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
