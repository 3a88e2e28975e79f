import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Answer } from '../../shared/api/routes.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Chart } from '../chart/chart.tsx';
import type { Drawing } from '../chart/drawing.ts';
import { Answered } from '../parts/answered.tsx';
import { Card } from '../parts/card.tsx';
import { dayText } from '../parts/dates.ts';
import { Field } from '../parts/field.tsx';
import { useQuery } from '../parts/query.ts';
import { Empty } from '../parts/table.tsx';
import { printerOf } from './print.ts';

type Series = Answer<'data'>['series'];

/** One series of all that are stored, drawn; which one stands in the address. */
export function SeriesChart({
  series,
  first,
}: {
  readonly series: Series;
  readonly first: string | undefined;
}): ComponentChildren {
  const [query, change] = useQuery();
  const wanted = query['series'] ?? first;
  const chosen = series.find(({ id }) => id === wanted);
  return (
    <Card title="Series" aside={`${series.length} stored`}>
      {chosen === undefined ? (
        <Empty>
          Nothing is stored yet. <code>npx tidemark import DIR</code> reads a folder of closes.
        </Empty>
      ) : (
        <>
          <Choice series={series} chosen={chosen.id} change={(id) => change({ series: id })} />
          <Drawn id={chosen.id} />
        </>
      )}
    </Card>
  );
}

function Choice({
  series,
  chosen,
  change,
}: {
  readonly series: Series;
  readonly chosen: string;
  readonly change: (id: string) => void;
}): ComponentChildren {
  const pick = (value: string): void => {
    if (series.some(({ id }) => id === value)) change(value);
  };
  return (
    <div class="series-choice">
      <Field label="Series" hint="Type a part of its name, or choose one.">
        {(names) => (
          <input
            {...names}
            key={chosen}
            type="search"
            list="drawn-series"
            autocomplete="off"
            spellcheck={false}
            defaultValue={chosen}
            onChange={({ currentTarget }) => pick(currentTarget.value.trim())}
            onInput={({ currentTarget }) => pick(currentTarget.value.trim())}
          />
        )}
      </Field>
      <datalist id="drawn-series">
        {series.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </datalist>
    </div>
  );
}

function Drawn({ id }: { readonly id: string }): ComponentChildren {
  const asked = useAnswer('series', { params: { id }, query: {} });
  return (
    <Answered asked={asked} what="Reading the series">
      {(view) => <Line view={view} />}
    </Answered>
  );
}

function Line({ view }: { readonly view: Answer<'series'> }): ComponentChildren {
  const drawing = useMemo(
    (): Drawing => ({
      measure: view.values,
      threshold: null,
      episodes: [],
      markers: [],
      crowded: 'each',
      print: printerOf(view.unit),
    }),
    [view],
  );
  return (
    <Chart
      title={
        <>
          {view.title} <code class="soft">{view.id}</code>
        </>
      }
      summary={summaryOf(view, drawing)}
      drawing={drawing}
      first={1260}
    />
  );
}

function summaryOf({ title, values }: Answer<'series'>, { print }: Drawing): string {
  const known = values.values.flatMap((value, at) => (value === null ? [] : [{ value, at }]));
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return `${title}: no values.`;
  const low = Math.min(...known.map(({ value }) => value));
  const high = Math.max(...known.map(({ value }) => value));
  const day = (at: number): string => dayText(values.sessions[at] ?? '');
  return `${title}: a line from ${day(first.at)} to ${day(last.at)}, between ${print(low)} and ${print(high)}, last ${print(last.value)}.`;
}
