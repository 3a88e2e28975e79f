import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';
import { horizonText, percentText, shareText } from './figures.ts';
import { Empty, Table } from './table.tsx';

type BaseRate = Answer<'alert'>['baseRates'][number];

/** What followed after the rule began to fire, beside what follows after any session; a table per outcome. */
export function BaseRates({ rates }: { readonly rates: readonly BaseRate[] }): ComponentChildren {
  if (rates.length === 0) {
    return (
      <Empty>
        The rule names no outcome, so nothing is counted. Add one, such as ret(SPY), by editing it.
      </Empty>
    );
  }
  const outcomes = [...new Set(rates.map(({ outcome }) => outcome))];
  return (
    <div class="stack">
      {outcomes.map((outcome) => (
        <Outcome key={outcome} rates={rates.filter((rate) => rate.outcome === outcome)} />
      ))}
      <p class="small soft">
        Counted from the first session of each episode; the smaller figure is the same from any session, over
        all history. Fewer than ten episodes are too few to rely on. What happened before need not happen
        again.
      </p>
    </div>
  );
}

function Outcome({ rates }: { readonly rates: readonly BaseRate[] }): ComponentChildren {
  const words = rates[0]?.outcomeWords ?? '';
  return (
    <div class="outcome compact">
      <h3>
        {words.charAt(0).toUpperCase() + words.slice(1)} <code class="soft">{rates[0]?.outcome}</code>
      </h3>
      <Table
        caption={`What followed: ${words}`}
        rows={rates}
        keyOf={({ horizon }) => String(horizon)}
        empty="Nothing is counted yet."
        columns={[
          { title: 'After', cell: ({ horizon }) => <Horizon sessions={horizon} />, kind: 'wide' },
          { title: 'Times', cell: (rate) => <Times rate={rate} />, kind: 'number' },
          { title: 'Mean', cell: ({ mean, all }) => <Pair of={mean} all={all.mean} />, kind: 'number' },
          {
            title: 'Median',
            cell: ({ median, all }) => <Pair of={median} all={all.median} />,
            kind: 'number',
          },
          {
            title: 'Positive',
            cell: ({ positive, all }) => <Beside one={shareText(positive)} all={shareText(all.positive)} />,
            kind: 'number',
          },
          { title: 'Worst', cell: ({ worst, all }) => <Pair of={worst} all={all.worst} />, kind: 'number' },
        ]}
      />
    </div>
  );
}

function Horizon({ sessions }: { readonly sessions: number }): ComponentChildren {
  return (
    <span class="pair">
      {horizonText(sessions)}
      <span class="pair-all">{sessions} sessions</span>
    </span>
  );
}

function Times({ rate }: { readonly rate: BaseRate }): ComponentChildren {
  return (
    <span class="pair">
      {rate.n}
      <span class={rate.few ? 'too-few' : 'pair-all'}>
        {rate.few ? (
          'too few to rely on'
        ) : (
          <>
            <span class="pair-prefix">of </span>
            {rate.all.n.toLocaleString('en-GB')}
          </>
        )}
      </span>
    </span>
  );
}

function Pair({ of, all }: { readonly of: number | null; readonly all: number | null }): ComponentChildren {
  return <Beside one={percentText(of)} all={percentText(all)} />;
}

function Beside({ one, all }: { readonly one: string; readonly all: string }): ComponentChildren {
  return (
    <span class="pair">
      {one}
      <span class="pair-all">
        <span class="pair-prefix">all: </span>
        {all}
      </span>
    </span>
  );
}
