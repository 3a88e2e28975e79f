import type { ComponentChildren } from 'preact';
import type { Answer } from '../../shared/api/routes.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Answered } from '../parts/answered.tsx';
import { Card, Figure, Figures, PageHead } from '../parts/card.tsx';
import { Day } from '../parts/day.tsx';
import { useTitle } from '../parts/title.ts';
import { offers } from '../session/session.ts';
import { Gaps, Inputs, Providers } from './health.tsx';
import { HeldValues } from './held.tsx';
import { ObservationForm } from './observation-form.tsx';
import { SeriesChart } from './series-chart.tsx';

/** How fresh everything is, what waits for a decision, and every series. */
export function DataPage(): ComponentChildren {
  const asked = useAnswer('data');
  useTitle('Data');
  return (
    <>
      <PageHead
        title="Data"
        lead="What the rules rest on. No bad value is stored: a doubtful one is held until somebody decides, and no data is never taken for zero."
      />
      <Answered asked={asked} what="Looking at the data">
        {(data) => <Body data={data} again={asked.again} />}
      </Answered>
    </>
  );
}

function Body({
  data,
  again,
}: {
  readonly data: Answer<'data'>;
  readonly again: () => void;
}): ComponentChildren {
  return (
    <div class="stack">
      <Summary data={data} />
      <HeldValues held={data.held} done={again} />
      <Inputs inputs={data.inputs} />
      <SeriesChart series={data.series} first={firstOf(data)} />
      <div class="halves">
        <div class="stack">
          <Gaps gaps={data.gaps} />
          <Providers providers={data.providers} />
        </div>
        {offers('observe') ? <ObservationForm series={data.series} done={again} /> : null}
      </div>
    </div>
  );
}

/** The series that is drawn first: the first price that a rule reads. */
function firstOf({ inputs, series }: Answer<'data'>): string | undefined {
  const priced = inputs.find(
    ({ input }) => input.endsWith('.close') && series.some(({ id }) => id === input),
  );
  return priced?.input ?? series[0]?.id;
}

function freshNote(all: number, carried: number): string {
  if (all === 0) return 'no enabled rule reads anything yet';
  return carried === 0 ? 'all of the session itself' : `${carried} carried forward`;
}

function Summary({
  data: { asOf, finished, counts, text },
}: {
  readonly data: Answer<'data'>;
}): ComponentChildren {
  const all = counts.fresh + counts.carried + counts.stale + counts.missing + counts.held;
  return (
    <Card title="Health">
      <Figures>
        <Figure
          label="Data as of"
          value={<Day date={asOf} />}
          note={
            finished === asOf ? (
              'the last session that is over'
            ) : (
              <>
                the last session over is <Day date={finished} />
              </>
            )
          }
        />
        <Figure
          label="Fresh inputs"
          value={`${counts.fresh + counts.carried} of ${all}`}
          note={freshNote(all, counts.carried)}
        />
        <Figure
          label="Stale or missing"
          value={counts.stale + counts.missing}
          note={`${counts.stale} stale, ${counts.missing} missing`}
        />
        <Figure
          label="Held values"
          value={counts.heldValues}
          note={counts.heldValues === 0 ? 'nothing waits for a decision' : 'wait for a decision'}
        />
      </Figures>
      <p class="after-figures">{text}</p>
    </Card>
  );
}
